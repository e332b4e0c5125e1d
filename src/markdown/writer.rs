//! Events of Markdown to HTML, with every string escaped.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::ops::Range;

use pulldown_cmark::{Alignment, CodeBlockKind, Event, HeadingLevel, LinkType, Tag, TagEnd};

use super::destination::{self, Destination};
use super::{Heading, Place, Spanned, plain_text};
use crate::catalog::Slug;
use crate::diagnostic::Diagnostic;
use crate::files::{FileId, Origin};
use crate::html::escape_into;
use crate::pages::AuthoredLink;

/// Ids that the frame of a page has.
const RESERVED: [&str; 2] = ["main", "q"];

/// The ids of the headings of a text, made before it is written, so that links may lead forward.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    /// Each heading in its order.
    ids: VecDeque<(usize, String)>,
    /// What an author calls a heading to what it is called in the page.
    by_name: BTreeMap<String, String>,
}

impl Anchors {
    /// Ids for the headings of these levels. Equal headings are numbered.
    pub(super) fn of(events: &[Spanned<'_>], prefix: &str, wanted: impl Fn(HeadingLevel) -> bool) -> Self {
        let mut anchors = Self::default();
        let mut taken: BTreeSet<String> =
            if prefix.is_empty() { RESERVED.map(str::to_owned).into() } else { BTreeSet::new() };
        let mut start = None;
        for (index, (event, range)) in events.iter().enumerate() {
            match event {
                Event::Start(Tag::Heading { level, .. }) if wanted(*level) => start = Some((index, range.start)),
                Event::End(TagEnd::Heading(_)) => {
                    let Some((first, at)) = start.take() else { continue };
                    let text = plain_text(&events[first..index]);
                    let name = Slug::from_name(&text).map_or_else(|| "section".to_owned(), |slug| slug.to_string());
                    let numbered = (2..).map(|number| format!("{name}-{number}"));
                    let Some(name) = std::iter::once(name.clone()).chain(numbered).find(|name| !taken.contains(name))
                    else {
                        continue;
                    };
                    let id = format!("{prefix}{name}");
                    taken.insert(name.clone());
                    anchors.by_name.insert(name, id.clone());
                    anchors.ids.push_back((at, id));
                }
                _ => {}
            }
        }
        anchors
    }

    /// The id of the heading that begins at this byte.
    pub(super) fn id_at(&self, start: usize) -> Option<&str> {
        let index = self.ids.binary_search_by_key(&start, |(at, _)| *at).ok()?;
        self.ids.get(index).map(|(_, id)| id.as_str())
    }

    fn resolve<'a>(&'a self, name: &'a str) -> &'a str {
        self.by_name.get(name).map_or(name, String::as_str)
    }
}

/// What an opened link or image has written, to be closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Opened {
    Link,
    Nothing,
}

/// Writes one text, or one piece of it.
pub(super) struct Writer<'a> {
    file: FileId,
    place: &'a Place<'a>,
    anchors: &'a Anchors,
    pub(super) html: String,
    pub(super) links: Vec<AuthoredLink>,
    pub(super) headings: Vec<Heading>,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Levels of the headings above the current place, as the author wrote them.
    outline: Vec<HeadingLevel>,
    opened: Vec<Opened>,
    alignments: Vec<Alignment>,
    cell: usize,
    in_head: bool,
}

impl<'a> Writer<'a> {
    pub(super) fn new(file: FileId, place: &'a Place<'a>, anchors: &'a Anchors) -> Self {
        Self {
            file,
            place,
            anchors,
            html: String::new(),
            links: Vec::new(),
            headings: Vec::new(),
            diagnostics: Vec::new(),
            outline: Vec::new(),
            opened: Vec::new(),
            alignments: Vec::new(),
            cell: 0,
            in_head: false,
        }
    }

    /// The same, for a place where no link may stand.
    pub(super) fn without_links(mut self) -> Self {
        self.opened.push(Opened::Link);
        self
    }

    pub(super) fn write_all(&mut self, events: &[Spanned<'_>]) {
        let mut index = 0;
        while let Some((event, range)) = events.get(index) {
            index += 1;
            match event {
                Event::Start(Tag::Image { link_type, dest_url, title, .. }) => {
                    let length = length_of_image(&events[index..]);
                    let alt = plain_text(&events[index..index + length]);
                    self.image(*link_type, dest_url, title, &alt, range);
                    index += length + 1;
                }
                Event::Start(Tag::Heading { level, .. }) => {
                    let length = events[index..]
                        .iter()
                        .position(|(event, _)| matches!(event, Event::End(TagEnd::Heading(_))))
                        .unwrap_or(0);
                    self.start_heading(*level, plain_text(&events[index..index + length]), range);
                }
                Event::Start(tag) => self.start(tag, range),
                Event::End(tag) => self.end(*tag),
                Event::Text(text) => self.text(text),
                Event::Code(code) => {
                    self.html.push_str("<code>");
                    self.text(code);
                    self.html.push_str("</code>");
                }
                Event::InlineHtml(raw) => {
                    self.report_raw(range);
                    self.text(raw);
                }
                Event::Html(raw) => self.text(raw),
                Event::SoftBreak => self.html.push('\n'),
                Event::HardBreak => self.html.push_str("<br>\n"),
                Event::Rule => self.html.push_str("<hr>\n"),
                // These need options that are off; as text they would be read.
                Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => self.text(text),
                Event::TaskListMarker(_) => {}
            }
        }
    }

    fn text(&mut self, text: &str) {
        // HTML has no control characters; a reader sees that there was one.
        if text.chars().any(is_stray_control) {
            let clean: String = text.chars().map(|c| if is_stray_control(c) { '\u{fffd}' } else { c }).collect();
            escape_into(&mut self.html, &clean);
        } else {
            escape_into(&mut self.html, text);
        }
    }

    fn origin(&self, range: &Range<usize>) -> Origin {
        Origin { file: self.file, span: range.clone().into() }
    }

    fn report_raw(&mut self, range: &Range<usize>) {
        let diagnostic = Diagnostic::warning("raw-html", "HTML in Markdown is shown as text")
            .at(self.origin(range), "")
            .help("write it in Markdown, or put it in backticks when it is meant to be read");
        self.diagnostics.push(diagnostic);
    }

    fn start_heading(&mut self, level: HeadingLevel, text: String, range: &Range<usize>) {
        while self.outline.last().is_some_and(|above| *above >= level) {
            self.outline.pop();
        }
        let level_here = (self.place.level + self.outline.len()).min(6);
        self.outline.push(level);
        self.html.push_str(&format!("<h{level_here}"));
        if let Some(id) = self.anchors.id_at(range.start) {
            self.html.push_str(" id=\"");
            escape_into(&mut self.html, id);
            self.html.push('"');
            self.headings.push(Heading { level: level_here, id: id.to_owned(), text });
        }
        self.html.push('>');
    }

    fn start(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        let markup = match tag {
            Tag::Paragraph => "<p>",
            Tag::BlockQuote(_) => "<blockquote>\n",
            Tag::CodeBlock(kind) => {
                let language = match kind {
                    CodeBlockKind::Fenced(info) => info.split_whitespace().next().unwrap_or_default(),
                    CodeBlockKind::Indented => "",
                };
                self.html.push_str("<pre tabindex=\"0\" role=\"group\" aria-label=\"");
                self.text(language);
                if language.is_empty() { "Code\"><code>" } else { " code\"><code>" }
            }
            Tag::HtmlBlock => {
                self.report_raw(range);
                "<p>"
            }
            Tag::List(Some(1)) => "<ol>\n",
            Tag::List(Some(first)) => {
                self.html.push_str(&format!("<ol start=\"{first}\">\n"));
                ""
            }
            Tag::List(None) => "<ul>\n",
            Tag::Item => "<li>",
            Tag::Table(alignments) => {
                self.alignments.clone_from(alignments);
                "<div class=\"tbl\" role=\"group\" aria-label=\"Table\" tabindex=\"0\"><table>\n"
            }
            Tag::TableHead => {
                self.in_head = true;
                self.cell = 0;
                "<thead><tr>"
            }
            Tag::TableRow => {
                self.cell = 0;
                "<tr>"
            }
            Tag::TableCell => {
                let right = self.alignments.get(self.cell) == Some(&Alignment::Right);
                self.cell += 1;
                match (self.in_head, right) {
                    (true, true) => "<th scope=\"col\" class=\"r\">",
                    (true, false) => "<th scope=\"col\">",
                    (false, true) => "<td class=\"r\">",
                    (false, false) => "<td>",
                }
            }
            Tag::Emphasis => "<em>",
            Tag::Strong => "<strong>",
            Tag::Strikethrough => "<del>",
            Tag::Link { link_type, dest_url, title, .. } => {
                let opened = self.link(*link_type, dest_url, title, range);
                self.opened.push(opened);
                ""
            }
            // Written where they are met, or need options that are off.
            _ => "",
        };
        self.html.push_str(markup);
    }

    fn end(&mut self, tag: TagEnd) {
        let markup = match tag {
            TagEnd::Paragraph | TagEnd::HtmlBlock => "</p>\n",
            TagEnd::Heading(_) => {
                let level = (self.place.level + self.outline.len()).saturating_sub(1).min(6);
                self.html.push_str(&format!("</h{level}>\n"));
                ""
            }
            TagEnd::BlockQuote(_) => "</blockquote>\n",
            TagEnd::CodeBlock => "</code></pre>\n",
            TagEnd::List(true) => "</ol>\n",
            TagEnd::List(false) => "</ul>\n",
            TagEnd::Item => "</li>\n",
            TagEnd::Table => "</tbody></table></div>\n",
            TagEnd::TableHead => {
                self.in_head = false;
                "</tr></thead><tbody>\n"
            }
            TagEnd::TableRow => "</tr>\n",
            TagEnd::TableCell if self.in_head => "</th>",
            TagEnd::TableCell => "</td>",
            TagEnd::Emphasis => "</em>",
            TagEnd::Strong => "</strong>",
            TagEnd::Strikethrough => "</del>",
            TagEnd::Link => match self.opened.pop() {
                Some(Opened::Link) => "</a>",
                _ => "",
            },
            _ => "",
        };
        self.html.push_str(markup);
    }

    /// Opens a link, or nothing when it may not lead there or a link is open.
    fn link(&mut self, link_type: LinkType, url: &str, title: &str, range: &Range<usize>) -> Opened {
        if self.opened.contains(&Opened::Link) {
            return Opened::Nothing;
        }
        let mail = (link_type == LinkType::Email).then(|| format!("mailto:{url}"));
        let Some(destination) = self.destination(mail.as_deref().unwrap_or(url), "link", range) else {
            return Opened::Nothing;
        };
        let (href, relation) = match destination {
            Destination::Web(href) => (href, " rel=\"noopener\""),
            Destination::Mail(href) => (href, ""),
            Destination::Anchor(name) => (format!("#{}", self.anchors.resolve(&name)), ""),
            Destination::Site(href) => (href, ""),
        };
        self.html.push_str("<a href=\"");
        escape_into(&mut self.html, &href);
        self.html.push('"');
        self.title(title);
        self.html.push_str(relation);
        self.html.push('>');
        self.links.push(AuthoredLink { href, typed: url.to_owned(), origin: self.origin(range) });
        Opened::Link
    }

    fn image(&mut self, link_type: LinkType, url: &str, title: &str, alt: &str, range: &Range<usize>) {
        match self.destination(url, "image", range) {
            Some(Destination::Site(src)) => {
                self.html.push_str("<img src=\"");
                escape_into(&mut self.html, &src);
                self.html.push_str("\" alt=\"");
                self.text(alt);
                self.html.push('"');
                self.title(title);
                self.html.push_str(" loading=\"lazy\">");
                self.links.push(AuthoredLink { href: src, typed: url.to_owned(), origin: self.origin(range) });
            }
            Some(Destination::Web(href)) => {
                let diagnostic = Diagnostic::warning("external-image", "an image of another site is shown as a link")
                    .at(self.origin(range), "")
                    .help("copy it into `static/`: nothing on a page is loaded from elsewhere");
                self.diagnostics.push(diagnostic);
                let opened = self.link(link_type, &href, title, range);
                self.text(if alt.is_empty() { &href } else { alt });
                if opened == Opened::Link {
                    self.html.push_str("</a>");
                }
            }
            Some(Destination::Mail(_) | Destination::Anchor(_)) => {
                self.refuse("image", "leads to no file", range);
                self.text(alt);
            }
            None => self.text(alt),
        }
    }

    fn title(&mut self, title: &str) {
        if !title.is_empty() {
            self.html.push_str(" title=\"");
            self.text(title);
            self.html.push('"');
        }
    }

    fn destination(&mut self, url: &str, what: &str, range: &Range<usize>) -> Option<Destination> {
        match destination::read(url, self.place.base) {
            Ok(destination) => Some(destination),
            Err(why) => {
                self.refuse(what, why, range);
                None
            }
        }
    }

    fn refuse(&mut self, what: &str, why: &str, range: &Range<usize>) {
        let diagnostic = Diagnostic::error("unsafe-url", format!("the destination of this {what} {why}"))
            .at(self.origin(range), "")
            .help("links lead to `https://…`, `http://…`, `mailto:…`, or to a path of this site");
        self.diagnostics.push(diagnostic);
    }
}

fn is_stray_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t')
}

/// How many events lie between the start of an image and its end. Images can stand within the text of an image.
fn length_of_image(events: &[Spanned<'_>]) -> usize {
    let mut depth = 0usize;
    events
        .iter()
        .position(|(event, _)| {
            match event {
                Event::Start(Tag::Image { .. }) => depth += 1,
                Event::End(TagEnd::Image) if depth == 0 => return true,
                Event::End(TagEnd::Image) => depth -= 1,
                _ => {}
            }
            false
        })
        .unwrap_or(0)
}
