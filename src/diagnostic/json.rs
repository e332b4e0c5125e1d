//! Diagnostics for programs: one JSON object a line.

use serde::Serialize;

use super::{Diagnostic, Label, Severity, is_unsafe};
use crate::files::{SourceTree, line_column};

/// A place in a file. Lines and columns count from 1, columns in characters; the end is exclusive.
#[derive(Serialize)]
struct Place<'a> {
    path: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
}

#[derive(Serialize)]
struct LabelLine<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    text: &'a str,
}

#[derive(Serialize)]
struct Line<'a> {
    code: &'a str,
    severity: &'a str,
    message: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
    labels: Vec<LabelLine<'a>>,
    help: Option<&'a str>,
}

/// All diagnostics, one JSON object a line.
#[must_use]
pub fn render_all(tree: &SourceTree, diagnostics: &[Diagnostic]) -> String {
    diagnostics.iter().map(|diagnostic| render(tree, diagnostic) + "\n").collect()
}

/// One diagnostic as a JSON object without a line break.
///
/// Keys: `code`, `severity` (`error` or `warning`), `message`, `path`, `line`, `column`, `end_line`, `end_column`,
/// `labels` (the same place keys and `text`; the first is the main place) and `help`. What is not known is `null`.
#[must_use]
pub fn render(tree: &SourceTree, diagnostic: &Diagnostic) -> String {
    let place = match diagnostic.labels.first() {
        Some(label) => place(tree, label),
        None => Place {
            path: diagnostic.path.as_deref(),
            line: diagnostic.position.map(|(line, _)| line),
            column: diagnostic.position.map(|(_, column)| column),
            end_line: None,
            end_column: None,
        },
    };
    let line = Line {
        code: diagnostic.code,
        severity: match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        message: &diagnostic.message,
        place,
        labels: labels(tree, &diagnostic.labels),
        help: diagnostic.help.as_deref(),
    };
    let json = serde_json::to_string(&line).expect("strings and numbers are always JSON");
    escape(json)
}

fn labels<'a>(tree: &'a SourceTree, labels: &'a [Label]) -> Vec<LabelLine<'a>> {
    labels.iter().map(|label| LabelLine { place: place(tree, label), text: &label.text }).collect()
}

fn place<'a>(tree: &'a SourceTree, label: &Label) -> Place<'a> {
    let file = tree.get(label.origin.file);
    let (line, column) = line_column(&file.text, label.origin.span.start());
    let (end_line, end_column) = line_column(&file.text, label.origin.span.end());
    Place {
        path: Some(&file.path),
        line: Some(line),
        column: Some(column),
        end_line: Some(end_line),
        end_column: Some(end_column),
    }
}

/// serde escapes what JSON demands; this escapes also what a terminal would obey, which stands in strings only.
fn escape(json: String) -> String {
    if !json.chars().any(is_unsafe) {
        return json;
    }
    json.chars().fold(String::new(), |mut out, c| {
        if is_unsafe(c) {
            out.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            out.push(c);
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::{Origin, SourceFile, Span};

    #[test]
    fn a_line_says_all_and_nothing_that_a_terminal_obeys() {
        let file = SourceFile { path: "content/x.toml".to_owned(), text: "é = 1\nb = 2\n".to_owned() };
        let tree = SourceTree::new(vec![file], Vec::new());
        let file = tree.find("content/x.toml").expect("it was just put there");
        let origin = Origin { file, span: Span::from(0..2) };
        let diagnostic = Diagnostic::error("unknown-key", "a\u{1b}\u{9b}\"\n").at(origin, "here").help("b");
        let json = render(&tree, &diagnostic);
        assert_eq!(
            json,
            r#"{"code":"unknown-key","severity":"error","message":"a\u001b\u009b\"\n","path":"content/x.toml","line":1,"column":1,"end_line":1,"end_column":2,"labels":[{"path":"content/x.toml","line":1,"column":1,"end_line":1,"end_column":2,"text":"here"}],"help":"b"}"#
        );
        let back: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
        assert_eq!(back["message"], "a\u{1b}\u{9b}\"\n");
    }

    #[test]
    fn a_file_without_a_text_has_its_path_and_position() {
        let diagnostic = Diagnostic::error("not-utf8", "no").in_file("content/x.toml").at_position(3, 7);
        let back: serde_json::Value =
            serde_json::from_str(&render(&SourceTree::default(), &diagnostic)).expect("it is JSON");
        assert_eq!((&back["path"], &back["line"], &back["column"]), (&"content/x.toml".into(), &3.into(), &7.into()));
        assert!(back["end_line"].is_null());
    }
}
