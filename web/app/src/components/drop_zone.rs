use std::rc::Rc;

use browser::files::ReadError;
use leptos::prelude::*;
use messages::{Text, page::common};
use web_sys::{DragEvent, File, FileList, HtmlInputElement};

use crate::session::{DroppedFile, fact, session, tr};

/// Larger files are not certificates, keys or requests, in bytes.
const MOST_BYTES: u32 = 20 * 1024 * 1024;

/// A labelled file field that also takes a dropped file, and reads it.
#[component]
pub(crate) fn DropZone(
    id: &'static str,
    label: Text,
    #[prop(optional)] many: bool,
    #[prop(into)] on_files: Callback<Vec<DroppedFile>>,
) -> impl IntoView {
    let problems = RwSignal::new(Vec::<String>::new());
    let session = session();
    let take = move |chosen: Vec<File>| {
        session.surface.spawn(async move {
            let (files, refused) = read_files(session.locale.get_untracked(), chosen).await;
            // The person may have left meanwhile: then nobody waits for the files.
            problems.try_set(refused);
            if !files.is_empty() {
                on_files.try_run(files);
            }
        });
    };
    ui! { <FileZone id=id label=label many=many problems=problems on_files=Rc::new(take)/> }
}

/// A labelled file field that also takes a dropped file, of any size: whoever gets it reads it.
#[component]
pub(crate) fn FileZone(
    id: &'static str,
    label: Text,
    #[prop(optional)] many: bool,
    /// What is said of the files.
    #[prop(optional)]
    problems: RwSignal<Vec<String>>,
    on_files: Rc<dyn Fn(Vec<File>)>,
) -> impl IntoView {
    let over = RwSignal::new(false);
    let session = session();
    // Now: the list is emptied with the field, and after the drop.
    let chosen = on_files.clone();
    let on_drop = move |event: DragEvent| {
        event.prevent_default();
        event.stop_propagation();
        over.set(false);
        session.veil.set(false);
        on_files(listed(event.data_transfer().and_then(|data| data.files())));
    };
    let on_change = move |event: leptos::ev::Targeted<web_sys::Event, HtmlInputElement>| {
        let input = event.target();
        chosen(listed(input.files()));
        // The same file may be given again after it was changed.
        input.set_value("");
    };
    let (browse, drop) =
        if many { (common::BROWSE_MANY, common::DROP_MANY) } else { (common::BROWSE, common::DROP) };
    ui! {
        <div class="drop-zone" class:over=over
            on:dragover=move |event: DragEvent| { event.prevent_default(); over.set(true); }
            on:dragleave=move |_| over.set(false)
            on:drop=on_drop>
            <label for=id class="drop-label" id=format!("{id}-nom")>{tr(label)}</label>
            <p class="drop-row">
                <span class="file-button">
                    <input id=id type="file" multiple=many aria-labelledby=format!("{id}-nom {id}-bouton") on:change:target=on_change/>
                    <span class="button" id=format!("{id}-bouton") aria-hidden="true">{tr(browse)}</span>
                </span>
                <span class="drop-hint" aria-hidden="true">{tr(drop)}</span>
            </p>
            <div aria-live="polite">
                <For each=move || problems.get() key=Clone::clone let:problem>
                    <p class="problem">{problem}</p>
                </For>
            </div>
        </div>
    }
}

/// The files of a list, which lives only as long as the event that brought it.
pub(crate) fn listed(list: Option<FileList>) -> Vec<File> {
    list.map(|list| (0..list.length()).filter_map(|index| list.get(index)).collect()).unwrap_or_default()
}

/// Reads files: those read, and a sentence for each that was not.
pub(crate) async fn read_files(
    locale: messages::Locale,
    chosen: Vec<File>,
) -> (Vec<DroppedFile>, Vec<String>) {
    let mut files = Vec::new();
    let mut refused = Vec::new();
    for file in chosen {
        let name = file.name();
        let named = [fact("name", name.clone())];
        match browser::files::read(&file, MOST_BYTES).await {
            Ok(bytes) => files.push(DroppedFile { name, content: bytes.into() }),
            Err(ReadError::TooLarge { .. }) => refused.push(common::TOO_BIG.with(locale, &named)),
            Err(_) => refused.push(common::UNREADABLE.with(locale, &named)),
        }
    }
    (files, refused)
}
