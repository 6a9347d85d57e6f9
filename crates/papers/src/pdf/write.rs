//! The objects of the file.

use pdf_writer::{Content, Date, Finish, Name, Pdf, Rect, Ref, Str, TextStr, types::StructRole};
use vocabulary::Timestamp;

use super::{
    Document,
    layout::{FOOT, Kind, LEFT, Line, PAGE, Page, RIGHT, Style, width_in_points},
    letters::{Font, encoded},
};

const CATALOG: Ref = Ref::new(1);
const PAGES: Ref = Ref::new(2);
const INFO: Ref = Ref::new(3);
const PLAIN: Ref = Ref::new(4);
const BOLD: Ref = Ref::new(5);
const TREE: Ref = Ref::new(6);
const WHOLE: Ref = Ref::new(7);

/// Numbers of one page's objects.
struct Numbers {
    page: Ref,
    content: Ref,
    blocks: Vec<Ref>,
}

/// Writes the file.
pub(super) fn document(
    document: &Document<'_>,
    pages: &[Page],
    foot: &dyn Fn(usize, usize) -> String,
) -> Vec<u8> {
    let mut next = Ref::new(8);
    let numbers: Vec<Numbers> = pages
        .iter()
        .map(|page| Numbers {
            page: next.bump(),
            content: next.bump(),
            blocks: page.blocks.iter().map(|_| next.bump()).collect(),
        })
        .collect();
    let mut pdf = Pdf::new();
    catalog(&mut pdf, document);
    info(&mut pdf, document);
    let mut tree = pdf.pages(PAGES);
    tree.kids(numbers.iter().map(|one| one.page)).count(signed(numbers.len()));
    tree.finish();
    for (font, name) in [(PLAIN, &b"Helvetica"[..]), (BOLD, &b"Helvetica-Bold"[..])] {
        pdf.type1_font(font).base_font(Name(name)).encoding_predefined(Name(b"WinAnsiEncoding"));
    }
    structure(&mut pdf, pages, &numbers);
    for (at, (page, own)) in pages.iter().zip(&numbers).enumerate() {
        let mut written = pdf.page(own.page);
        written.parent(PAGES).media_box(Rect::new(0.0, 0.0, PAGE.0, PAGE.1)).contents(own.content);
        written.struct_parents(signed(at));
        let mut resources = written.resources();
        let mut fonts = resources.fonts();
        fonts.pair(font_name(Font::Plain), PLAIN).pair(font_name(Font::Bold), BOLD);
        fonts.finish();
        resources.finish();
        written.finish();
        let foot = foot(at.saturating_add(1), pages.len());
        pdf.stream(own.content, &content(page, &foot));
    }
    pdf.finish()
}

fn catalog(pdf: &mut Pdf, document: &Document<'_>) {
    let mut catalog = pdf.catalog(CATALOG);
    catalog.pages(PAGES).lang(TextStr(document.language));
    catalog.viewer_preferences().display_doc_title(true);
    catalog.mark_info().marked(true);
    catalog.pair(Name(b"StructTreeRoot"), TREE);
}

fn info(pdf: &mut Pdf, document: &Document<'_>) {
    let mut info = pdf.document_info(INFO);
    info.title(TextStr(document.title)).subject(TextStr(document.subject));
    info.creator(TextStr(document.creator)).producer(TextStr(document.creator));
    if let Some(at) = moment(document.at) {
        info.creation_date(at).modified_date(at);
    }
}

fn moment(at: Timestamp) -> Option<Date> {
    let date = at.date();
    let year = u16::try_from(date.year()).ok()?;
    Some(Date::new(year).month(date.month()).day(date.day()).utc_offset_hour(0).utc_offset_minute(0))
}

/// What each block is, in reading order (ISO 32000-1, 14.7).
fn structure(pdf: &mut Pdf, pages: &[Page], numbers: &[Numbers]) {
    let mut root = pdf.indirect(TREE).start::<pdf_writer::writers::StructTreeRoot<'_>>();
    root.child(WHOLE);
    let mut parents = root.parent_tree();
    let mut list = parents.nums();
    let mut arrays = Vec::new();
    for (at, own) in numbers.iter().enumerate() {
        let array = Ref::new(last(numbers).saturating_add(signed(at)).saturating_add(1));
        list.insert(signed(at), array);
        arrays.push((array, &own.blocks));
    }
    list.finish();
    parents.finish();
    root.parent_tree_next_key(signed(numbers.len()));
    root.finish();
    for (array, blocks) in arrays {
        pdf.indirect(array).array().items(blocks.iter().copied());
    }
    let mut whole = pdf.struct_element(WHOLE);
    whole.kind(StructRole::Document).parent(TREE);
    let mut children = whole.children();
    for block in numbers.iter().flat_map(|own| &own.blocks) {
        children.struct_element(*block);
    }
    children.finish();
    whole.finish();
    for (page, own) in pages.iter().zip(numbers) {
        for (at, (block, number)) in page.blocks.iter().zip(&own.blocks).enumerate() {
            let role = match block.kind {
                Kind::Title => StructRole::H1,
                Kind::Heading => StructRole::H2,
                Kind::Text => StructRole::P,
            };
            let mut element = pdf.struct_element(*number);
            element.kind(role).parent(WHOLE).page(own.page);
            element.children().marked_content_id(signed(at));
        }
    }
}

/// The last number given to a page, its content or its blocks.
fn last(numbers: &[Numbers]) -> i32 {
    numbers.last().map_or(WHOLE, |own| own.blocks.last().copied().unwrap_or(own.content)).get()
}

fn content(page: &Page, foot: &str) -> Vec<u8> {
    let mut content = Content::new();
    content.begin_marked_content(Name(b"Artifact"));
    content.set_stroke_rgb(0.85, 0.83, 0.78).set_line_width(0.6);
    for y in &page.rules {
        content.move_to(LEFT, *y).line_to(RIGHT, *y).stroke();
    }
    content.end_marked_content();
    for (at, block) in page.blocks.iter().enumerate() {
        let tag = match block.kind {
            Kind::Title => Name(b"H1"),
            Kind::Heading => Name(b"H2"),
            Kind::Text => Name(b"P"),
        };
        content.begin_marked_content_with_properties(tag).properties().identify(signed(at));
        for line in &block.lines {
            show(&mut content, line);
        }
        content.end_marked_content();
    }
    content.begin_marked_content(Name(b"Artifact"));
    let text = encoded(foot);
    let x = RIGHT - width_in_points(&text, FOOT);
    show(&mut content, &Line { x, y: 38.0, style: FOOT, text });
    content.end_marked_content();
    content.finish().to_vec()
}

fn show(content: &mut Content, line: &Line) {
    let Style { font, size, color: [red, green, blue] } = line.style;
    content.begin_text().set_fill_rgb(red, green, blue).set_font(font_name(font), size);
    content.next_line(line.x, line.y).show(Str(&line.text)).end_text();
}

const fn font_name(font: Font) -> Name<'static> {
    match font {
        Font::Plain => Name(b"F1"),
        Font::Bold => Name(b"F2"),
    }
}

fn signed(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}
