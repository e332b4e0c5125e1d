//! What is wrong, as HTML: over the last good page, or as a page where there is none.

use askama::Template;

use super::client;
use super::state::{Problems, Shown};
use crate::diagnostic::text::{Drawing, drawings};
use crate::diagnostic::{self, Diagnostic};
use crate::files::SourceTree;

/// What is wrong, in finished words.
#[derive(Debug, Default)]
struct View {
    title: String,
    /// What to expect.
    note: &'static str,
    findings: Vec<Finding>,
    /// What a program said, line by line as it said it.
    output: Option<String>,
}

/// One finding.
#[derive(Debug)]
struct Finding {
    severity: &'static str,
    code: &'static str,
    message: String,
    places: Vec<Drawing>,
    help: Option<String>,
}

/// What is laid over a page.
#[derive(Template)]
#[template(path = "preview/problems.html")]
struct Fragment {
    view: View,
}

/// The page that stands in for one that cannot be made.
#[derive(Template)]
#[template(path = "preview/page.html")]
struct Page {
    view: View,
    style: String,
}

/// The problems as they stand over a page. Empty when there are none.
pub(super) fn fragment(problems: &Problems) -> String {
    let note = match problems {
        Problems::Code(_) => "The page behind was made by the program as it was. It is renewed when the code compiles.",
        _ => "The page behind is the last good one. It is renewed when this is mended.",
    };
    view(problems, note).map_or_else(String::new, |view| rendered(&Fragment { view }))
}

/// The page for every address as long as there is no site.
pub(super) fn page(shown: &Shown) -> Vec<u8> {
    let note = "There is no page to show yet. It comes by itself when this is mended.";
    let view =
        view(&shown.problems, note).unwrap_or_else(|| View { title: "No site yet".to_owned(), ..View::default() });
    whole(view, &version(shown))
}

/// The version of that page.
pub(super) fn version(shown: &Shown) -> String {
    format!("problems.{}", shown.version)
}

/// The page in place of one whose code panicked with these words.
pub(super) fn panicked(path: &str, words: &str, version: &str) -> Vec<u8> {
    let view = View {
        title: format!("{} cannot be made", diagnostic::visible(path)),
        note: "This is a fault of the program and not of the content. All other pages can still be seen; this one is \
               tried again after the next change.",
        findings: Vec::new(),
        output: Some(visible_lines(words)),
    };
    whole(view, version)
}

fn whole(view: View, version: &str) -> Vec<u8> {
    let page = Page { view, style: client::url(client::STYLE) };
    client::with_script(rendered(&page).into_bytes(), version)
}

fn rendered(template: &impl Template) -> String {
    template.render().expect("writing to a string fails only where a `Display` does, and none here does")
}

fn view(problems: &Problems, note: &'static str) -> Option<View> {
    let (title, findings, output) = match problems {
        Problems::None => return None,
        Problems::Content { diagnostics, tree } => {
            let findings = diagnostics.iter().map(|diagnostic| finding(tree, diagnostic)).collect();
            (format!("{} in the content", diagnostic::summary(diagnostics)?), findings, None)
        }
        Problems::Machine(words) => ("The site cannot be read".to_owned(), Vec::new(), Some(words)),
        Problems::Code(words) => ("The program does not compile".to_owned(), Vec::new(), Some(words)),
    };
    Some(View { title, note, findings, output: output.map(|words| visible_lines(words)) })
}

fn finding(tree: &SourceTree, diagnostic: &Diagnostic) -> Finding {
    Finding {
        severity: if diagnostic.is_error() { "error" } else { "warning" },
        code: diagnostic.code,
        message: diagnostic::visible(&diagnostic.message),
        places: drawings(tree, diagnostic),
        help: diagnostic.help.as_deref().map(diagnostic::visible),
    }
}

/// The text with nothing in it that a viewer obeys but its line ends.
fn visible_lines(text: &str) -> String {
    text.lines().map(diagnostic::visible).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preview::example::workspace;

    fn broken() -> Problems {
        let broken = workspace("titel = \"<script>alert(1)</script>\"");
        Problems::of(broken.diagnostics(), broken.tree())
    }

    fn text(page: Vec<u8>) -> String {
        String::from_utf8(page).expect("a page is text")
    }

    #[test]
    fn every_finding_has_its_place_and_is_escaped() {
        let html = fragment(&broken());
        for part in ["unknown-key", "content/site.toml:1:1", "did you mean `title`?", "1 | titel ="] {
            assert!(html.contains(part), "{part}: {html}");
        }
        assert!(html.contains("&#60;script&#62;") && !html.contains("<script"), "{html}");
        assert!(text(page(&broken().into())).contains(&html[..html.find("<p").expect("a note")]));
    }

    #[test]
    fn words_of_programs_are_escaped_and_keep_their_lines() {
        for problems in [Problems::Machine("<b>\u{1b}[1m\nb".to_owned()), Problems::Code("<b>\u{1b}[1m\nb".to_owned())]
        {
            let html = fragment(&problems);
            assert!(html.contains("&#60;b&#62;␛[1m\nb</pre>"), "{html}");
        }
        let html = text(panicked("a<b>.html", "index <out>\nof bounds", "panic.1"));
        assert!(
            html.contains("a&#60;b&#62;.html cannot be made") && html.contains("index &#60;out&#62;\nof"),
            "{html}"
        );
        assert!(html.contains("data-version=\"panic.1\"") && html.contains(client::SCRIPT), "{html}");
    }

    #[test]
    fn no_problem_is_nothing_to_show() {
        assert_eq!(fragment(&Problems::None), "");
        assert!(text(page(&Shown::default())).contains("No site yet"));
    }
}
