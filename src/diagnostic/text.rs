//! Diagnostics for people: the form of rustc, for a terminal or a log.

use std::fmt::Write as _;
use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin as Place, Renderer, Snippet};

use super::{Diagnostic, Label, Severity, is_unsafe, visible, visible_char};
use crate::files::{FileId, SourceTree, floor_char_boundary, line_column};

/// Labels of one file that are further apart than this many lines are shown in excerpts of their own.
const EXCERPT_GAP: usize = 12;

/// A line longer than this many bytes is cropped around its label before it is drawn: it may be megabytes long.
/// (Drawing crops shorter ones to the width of a terminal.)
const LONG_LINE: usize = 4000;

/// How many bytes of such a line are drawn.
const SHOWN_OF_LONG_LINE: usize = 1000;

/// All diagnostics, one after the other with an empty line between them. `colour` adds terminal styles.
#[must_use]
pub fn render_all(tree: &SourceTree, diagnostics: &[Diagnostic], colour: bool) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        let _ = writeln!(out, "{}\n", render(tree, diagnostic, colour));
    }
    out
}

/// One diagnostic: severity, code, message, `path:line:column`, the line with carets, the cure.
#[must_use]
pub fn render(tree: &SourceTree, diagnostic: &Diagnostic, colour: bool) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = Group::with_title(level.primary_title(visible(&diagnostic.message)).id(diagnostic.code));
    if diagnostic.labels.is_empty()
        && let Some(path) = &diagnostic.path
    {
        let place = Place::path(visible(path));
        group = group.element(match diagnostic.position {
            Some((line, column)) => place.line(line).char_column(column),
            None => place,
        });
    }
    for excerpt in excerpts(tree, &diagnostic.labels) {
        let path = visible(&tree.get(excerpt.file).path);
        let place = Place::path(path.clone()).line(excerpt.line).char_column(excerpt.column);
        group = if excerpt.cropped {
            // The snippet would count the columns of what is left of the line.
            group.element(place).element(snippet(excerpt))
        } else {
            group.element(snippet(excerpt).path(path))
        };
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(visible(help)));
    }
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    renderer.render(&[group])
}

/// A place that a diagnostic points at, drawn alone, for views that place message and cure themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    /// `path:line:column`, or as much of it as is known.
    pub place: String,
    /// The line with carets; empty when its text cannot be shown.
    pub lines: String,
}

/// The places that a diagnostic points at, the main one first. They hold nothing that a viewer obeys.
#[must_use]
pub fn drawings(tree: &SourceTree, diagnostic: &Diagnostic) -> Vec<Drawing> {
    let drawn = excerpts(tree, &diagnostic.labels).into_iter().map(|excerpt| {
        let path = visible(&tree.get(excerpt.file).path);
        let place = format!("{path}:{}:{}", excerpt.line, excerpt.column);
        let group = Group::with_level(Level::ERROR).element(snippet(excerpt));
        let lines = Renderer::plain().render(&[group]);
        // Below a place there would be an empty line first; here the place is apart.
        let lines = lines.split_once('\n').filter(|(first, _)| first.trim() == "|").map_or(&*lines, |(_, rest)| rest);
        Drawing { place, lines: lines.to_owned() }
    });
    let drawn: Vec<Drawing> = drawn.collect();
    match &diagnostic.path {
        Some(path) if drawn.is_empty() => {
            let position = diagnostic.position.map_or_else(String::new, |(line, column)| format!(":{line}:{column}"));
            vec![Drawing { place: visible(path) + &position, lines: String::new() }]
        }
        _ => drawn,
    }
}

fn snippet(excerpt: Excerpt) -> Snippet<'static, Annotation<'static>> {
    let annotations = excerpt.marks.into_iter().map(|mark| {
        let kind = if mark.first { AnnotationKind::Primary } else { AnnotationKind::Context };
        annotation(kind, mark.range, mark.text)
    });
    Snippet::source(excerpt.source).line_start(excerpt.first_line).annotations(annotations)
}

fn annotation(kind: AnnotationKind, range: Range<usize>, text: String) -> Annotation<'static> {
    let annotation = kind.span(range);
    if text.is_empty() { annotation } else { annotation.label(text) }
}

/// Some neighbouring lines of one file, safe to print, with the marks on them.
struct Excerpt {
    file: FileId,
    /// Place in the file of the first mark.
    line: usize,
    column: usize,
    /// Number of the first line of `source`.
    first_line: usize,
    source: String,
    marks: Vec<Mark>,
    /// Whether the beginning of a line is left out.
    cropped: bool,
}

/// A label in the bytes of an excerpt.
struct Mark {
    first: bool,
    range: Range<usize>,
    text: String,
}

/// A label with the line that it stands on.
struct Placed<'a> {
    label: &'a Label,
    first: bool,
    line: usize,
    column: usize,
}

fn excerpts(tree: &SourceTree, labels: &[Label]) -> Vec<Excerpt> {
    let mut groups: Vec<Vec<Placed<'_>>> = Vec::new();
    for (index, label) in labels.iter().enumerate() {
        let (line, column) = line_column(&tree.get(label.origin.file).text, label.origin.span.start());
        let placed = Placed { label, first: index == 0, line, column };
        let near = |group: &&mut Vec<Placed<'_>>| {
            group
                .iter()
                .any(|other| other.label.origin.file == label.origin.file && other.line.abs_diff(line) <= EXCERPT_GAP)
        };
        match groups.iter_mut().find(near) {
            Some(group) => group.push(placed),
            None => groups.push(vec![placed]),
        }
    }
    groups.iter().filter_map(|group| excerpt(tree, group)).collect()
}

fn excerpt(tree: &SourceTree, group: &[Placed<'_>]) -> Option<Excerpt> {
    let head = group.first()?;
    let file = head.label.origin.file;
    let text = &tree.get(file).text;
    let first_line = group.iter().map(|placed| placed.line).min()?;
    let last_line = group.iter().map(|placed| placed.line).max()?;
    let top = group.iter().map(|placed| placed.label.origin.span.start()).min()?;

    let mut start = text[..floor_char_boundary(text, top)].rfind('\n').map_or(0, |newline| newline + 1);
    let mut source = String::new();
    let mut marks = Vec::new();
    let mut cropped = false;
    for line in first_line..=last_line {
        let end = text[start..].find('\n').map_or(text.len(), |newline| start + newline);
        let here: Vec<_> = group.iter().filter(|placed| placed.line == line).collect();
        cropped |= draw_line(text, start..end, &here, &mut source, &mut marks);
        start = (end + 1).min(text.len());
    }
    Some(Excerpt { file, line: head.line, column: head.column, first_line, source, marks, cropped })
}

/// Copies one line of the file, made safe and cropped, and says where the labels are in the copy. Returns whether
/// the line's beginning was left out.
fn draw_line(text: &str, line: Range<usize>, here: &[&Placed<'_>], source: &mut String, marks: &mut Vec<Mark>) -> bool {
    let line = line.start..line.start + text[line.clone()].trim_end_matches('\r').len();
    let mut shown = line.clone();
    if line.len() > LONG_LINE {
        let at = here.first().map_or(line.start, |placed| placed.label.origin.span.start());
        shown.start = floor_char_boundary(text, at.saturating_sub(SHOWN_OF_LONG_LINE / 4).max(line.start));
        shown.end = floor_char_boundary(text, (shown.start + SHOWN_OF_LONG_LINE).min(line.end));
    }
    if shown.start > line.start {
        source.push('…');
    }
    // Where each byte of the shown part begins in the copy; signs for control characters are longer than these.
    let base = source.len();
    let mut starts = vec![base; shown.len() + 1];
    for (offset, c) in text[shown.clone()].char_indices() {
        starts[offset..offset + c.len_utf8()].fill(source.len());
        source.push(if is_unsafe(c) && c != '\t' { visible_char(c) } else { c });
    }
    starts[shown.len()] = source.len();
    let map = |offset: usize| starts[offset.clamp(shown.start, shown.end) - shown.start];
    for placed in here {
        // A label over several lines is drawn on its first.
        let span = placed.label.origin.span;
        let range = map(span.start())..map(span.end()).max(map(span.start()));
        marks.push(Mark { first: placed.first, range, text: visible(&placed.label.text) });
    }
    if shown.end < line.end {
        source.push('…');
    }
    source.push('\n');
    shown.start > line.start
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::{Origin, SourceFile, Span};

    fn tree(text: &str) -> (SourceTree, FileId) {
        let file = SourceFile { path: "content/x.toml".to_owned(), text: text.to_owned() };
        let tree = SourceTree::new(vec![file], Vec::new());
        let id = tree.find("content/x.toml").expect("it was just put there");
        (tree, id)
    }

    fn at(file: FileId, start: usize, end: usize) -> Origin {
        Origin { file, span: Span::from(start..end) }
    }

    #[test]
    fn shows_the_line_with_carets_and_the_cure() {
        let (tree, file) = tree("a = 1\r\n\tbé = \"x\"\r\nc = 2\r\n");
        let start = tree.get(file).text.find("\"x\"").expect("the text has it");
        let diagnostic = Diagnostic::error("wrong-type", "expected a number")
            .at(at(file, start, start + 3), "not a number")
            .at(at(file, 0, 1), "as here")
            .help("write it without quotes");
        let expected = "\
error[wrong-type]: expected a number
 --> content/x.toml:2:7
  |
1 | a = 1
  | - as here
2 |     bé = \"x\"
  |          ^^^ not a number
  |
  = help: write it without quotes";
        assert_eq!(render(&tree, &diagnostic, false), expected);
    }

    #[test]
    fn places_can_be_drawn_alone() {
        let (tree, file) = tree(&format!("a = 1\n{}b = \"x\"\n", "\n".repeat(20)));
        let start = tree.get(file).text.find("\"x\"").expect("the text has it");
        let diagnostic = Diagnostic::error("wrong-type", "expected a number")
            .at(at(file, start, start + 3), "not a number")
            .at(at(file, 0, 1), "as here")
            .help("write it without quotes");
        let drawn = drawings(&tree, &diagnostic);
        let places: Vec<&str> = drawn.iter().map(|drawing| drawing.place.as_str()).collect();
        assert_eq!(places, ["content/x.toml:22:5", "content/x.toml:1:1"]);
        assert_eq!(drawn[0].lines, "22 | b = \"x\"\n   |     ^^^ not a number");
        let binary = Diagnostic::error("not-utf8", "no").in_file("content/y\u{1b}.toml").at_position(3, 7);
        let alone = Drawing { place: "content/y␛.toml:3:7".to_owned(), lines: String::new() };
        assert_eq!(drawings(&tree, &binary), [alone]);
        assert_eq!(drawings(&tree, &Diagnostic::error("x", "nowhere")), []);
    }

    #[test]
    fn the_terminal_gets_nothing_to_obey() {
        let (tree, file) = tree("k\u{1b}[2J\u{9b}1m = \u{202e}1");
        let diagnostic = Diagnostic::error("unknown-key", "unknown key `\u{1b}[2J\u{9b}`")
            .at(at(file, 0, 3), "\u{1b}]0;title\u{7}")
            .help("\u{1b}c\u{85}");
        let shown = render(&tree, &diagnostic, false);
        assert!(shown.chars().all(|c| c == '\n' || !is_unsafe(c)), "{shown:?}");
        assert!(shown.contains("k␛[2J"), "{shown}");
    }

    #[test]
    fn colour_is_a_choice() {
        let (tree, _) = tree("");
        let diagnostic = Diagnostic::warning("unknown-file", "x").in_file("content/y.json");
        assert!(render(&tree, &diagnostic, true).contains("\u{1b}["));
        assert_eq!(render(&tree, &diagnostic, false), "warning[unknown-file]: x\n--> content/y.json");
    }

    #[test]
    fn a_line_of_megabytes_is_cropped_and_its_column_is_right() {
        let mut text = "x".repeat(3_000_000);
        text.push_str(" HERE ");
        text.push_str(&"é".repeat(1_000_000));
        let (tree, file) = tree(&text);
        let diagnostic = Diagnostic::error("invalid-toml", "no").at(at(file, 3_000_001, 3_000_005), "");
        let shown = render(&tree, &diagnostic, false);
        assert!(shown.len() < 2000, "{}", shown.len());
        assert!(shown.contains("content/x.toml:1:3000002") && shown.contains("HERE"), "{shown}");
    }

    #[test]
    fn no_place_makes_it_panic() {
        let text = "a = \"é\"\n\nb = \"\"\"\nlong\n\"\"\"";
        let (tree, file) = tree(text);
        for start in 0..text.len() + 3 {
            for end in 0..text.len() + 3 {
                let diagnostic = Diagnostic::error("invalid-toml", "no").at(at(file, start, end), "here");
                assert!(render(&tree, &diagnostic, false).contains("content/x.toml:"));
            }
        }
    }
}
