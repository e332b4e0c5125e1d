//! Markdown to safe HTML. The one user of pulldown-cmark.
//!
//! What authors and importers write is not trusted: raw HTML is shown as text, links lead to the web, to a mailbox or
//! to this site and nowhere else, and nothing is loaded from another host.

mod destination;
mod faq;
mod writer;

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

pub use faq::{Faq, Question, faq};

use crate::catalog::Prose;
use crate::diagnostic::Diagnostic;
use crate::files::{FileId, Origin, Span};
use crate::html::Html;
use crate::pages::AuthoredLink;
use crate::urls::LinkBase;
use writer::{Anchors, Writer};

/// Where a text will stand.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// From where its links go.
    pub base: &'a LinkBase,
    /// The level of its highest headings: one below the heading that it stands under.
    pub level: usize,
    /// What the ids of its headings begin with, so that they are none of the page's.
    pub prefix: &'a str,
}

/// A text as HTML.
#[derive(Debug, Clone, Default)]
pub struct Rendered {
    /// The HTML.
    pub html: Html,
    /// Links and images with their places.
    pub links: Vec<AuthoredLink>,
    /// Headings in their order.
    pub headings: Vec<Heading>,
    /// The heading of the first level with which the text begins, as plain text; it is no part of the HTML.
    pub title: Option<String>,
    /// The first paragraph as plain text.
    pub first_paragraph: Option<String>,
    /// What is wrong with the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Its level in the page.
    pub level: usize,
    /// Its id.
    pub id: String,
    /// Its text.
    pub text: String,
}

/// Texts beyond this size are data that got into the wrong file.
const MAX_BYTES: usize = 1 << 20;

/// Quotes and lists within each other up to here; beyond, a page would break what reads it.
const MAX_DEPTH: usize = 48;

type Spanned<'a> = (Event<'a>, Range<usize>);

/// A text that stands within a page.
#[must_use]
pub fn render(prose: &Prose, place: &Place<'_>) -> Rendered {
    let events = match events(prose.file, &prose.text) {
        Ok(events) => events,
        Err(failure) => return Rendered { diagnostics: vec![*failure], ..Rendered::default() },
    };
    render_events(prose.file, &events, place)
}

/// A text that is a page of its own: the heading of the first level with which it begins is the page's title.
#[must_use]
pub fn render_page(file: FileId, text: &str, base: &LinkBase) -> Rendered {
    let events = match events(file, text) {
        Ok(events) => events,
        Err(failure) => return Rendered { diagnostics: vec![*failure], ..Rendered::default() },
    };
    let titled = matches!(events.first(), Some((Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }), _)));
    let end = if titled {
        events.iter().position(|(event, _)| matches!(event, Event::End(TagEnd::Heading(_))))
    } else {
        None
    };
    let (title, body) = events.split_at(end.map_or(0, |end| end + 1));
    let title = plain_text(title);
    let place = Place { base, level: 2, prefix: "" };
    Rendered { title: (!title.is_empty()).then_some(title), ..render_events(file, body, &place) }
}

fn render_events(file: FileId, events: &[Spanned<'_>], place: &Place<'_>) -> Rendered {
    let anchors = Anchors::of(events, place.prefix, |_| true);
    let mut writer = Writer::new(file, place, &anchors);
    writer.write_all(events);
    let first_paragraph = paragraphs(events).map(plain_text).find(|text| !text.is_empty());
    Rendered {
        html: Html::new(writer.html),
        links: writer.links,
        headings: writer.headings,
        title: None,
        first_paragraph,
        diagnostics: writer.diagnostics,
    }
}

/// Reads a text. The parser has panicked on crafted input before, which must not end the build without a word.
fn events(file: FileId, text: &str) -> Result<Vec<Spanned<'_>>, Box<Diagnostic>> {
    let whole = Origin { file, span: Span::from(0..text.find('\n').unwrap_or(text.len())) };
    let failed = |message: &str| Diagnostic::error("markdown-failed", message).at(whole, "");
    if text.len() > MAX_BYTES {
        return Err(Box::new(failed("this Markdown file is larger than 1 MiB").help("split it into several pages")));
    }
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let parse = || Parser::new_ext(text, options).into_offset_iter().collect::<Vec<_>>();
    let events = catch_unwind(AssertUnwindSafe(parse)).map_err(|_| {
        Box::new(failed("the Markdown parser cannot read this file").help("take it apart to find the passage"))
    })?;
    let mut depth = 0usize;
    for (event, range) in &events {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        if depth > MAX_DEPTH {
            let origin = Origin { file, span: range.clone().into() };
            let message = "quotes, lists or emphasis are nested too deeply";
            let diagnostic = Diagnostic::error("markdown-failed", message).at(origin, format!("{depth} levels deep"));
            return Err(Box::new(diagnostic));
        }
    }
    Ok(events)
}

/// The text of some events without any markup.
fn plain_text(events: &[Spanned<'_>]) -> String {
    let mut text = String::new();
    for (event, _) in events {
        match event {
            Event::Text(part) | Event::Code(part) | Event::InlineHtml(part) | Event::Html(part) => text.push_str(part),
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::TableCell) => {
                text.push(' ');
            }
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The events of each paragraph that is not within something else.
fn paragraphs<'e, 'a>(events: &'e [Spanned<'a>]) -> impl Iterator<Item = &'e [Spanned<'a>]> {
    let mut depth = 0usize;
    let mut start = 0;
    events.iter().enumerate().filter_map(move |(index, (event, _))| {
        match event {
            Event::Start(tag) => {
                if depth == 0 && *tag == Tag::Paragraph {
                    start = index;
                }
                depth += 1;
            }
            Event::End(tag) => {
                depth -= 1;
                if depth == 0 && *tag == TagEnd::Paragraph {
                    return Some(&events[start..index]);
                }
            }
            _ => {}
        }
        None
    })
}

#[cfg(test)]
mod hostile;
#[cfg(test)]
mod tests;
