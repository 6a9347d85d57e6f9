use estampille::contract::{GuideCommand, ToolGuide};
use leptos::prelude::*;
use messages::page::finish;

use super::TextBlock;
use crate::session::tr;

/// What to do with each tool: the commands in order, those that most people do without folded.
#[component]
pub(crate) fn Tools(tools: Vec<ToolGuide>) -> impl IntoView {
    let guide = |tool: ToolGuide| {
        let (optional, usual): (Vec<_>, Vec<_>) = tool.commands.into_iter().partition(|one| one.optional);
        let folded = (!optional.is_empty()).then(|| {
            ui! {
                <details class="why">
                    <summary>{tr(finish::ALSO)}</summary>
                    {optional.into_iter().map(command).collect::<Vec<_>>()}
                </details>
            }
        });
        ui! {
            <section class="tool-guide" data-tool=tool.tool.into_owned()>
                <h3>{tool.title}</h3>
                <p class="hint">{tool.place}</p>
                {usual.into_iter().map(command).collect::<Vec<_>>()}
                {folded}
            </section>
        }
    };
    tools.into_iter().map(guide).collect::<Vec<_>>()
}

fn command(command: GuideCommand) -> impl IntoView {
    ui! { <TextBlock text=Signal::stored(command.text) name=Signal::stored(command.what)/> }
}
