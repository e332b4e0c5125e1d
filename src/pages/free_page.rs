//! A free page: an author's Markdown in the frame of the site, a text, questions, or both.

use askama::Template;

use super::text::counted;
use super::{AuthoredLink, Context, Head, Layout, Page, link_base};
use crate::catalog::FreePage;
use crate::diagnostic::Diagnostic;
use crate::html::Html;
use crate::markdown::{self, Heading, Place, Question};
use crate::theme::Sheet;
use crate::urls::{self, LinkBase};

#[derive(Template)]
#[template(path = "pages/free_page.html")]
struct Free {
    layout: Layout,
    title: String,
    /// The headings under which the page stands, where there are enough to choose from.
    sections: Vec<Heading>,
    /// The text; empty where there are questions alone.
    body: Html,
    questions: Option<Questions>,
}

/// Questions and their answers.
#[derive(Debug, Clone)]
pub(super) struct Questions {
    /// Under which they stand; empty where they are the whole page.
    pub title: String,
    /// `12 questions`
    pub note: String,
    /// One after the other.
    pub entries: Vec<Question>,
}

/// What an author wrote for a page.
#[derive(Debug, Default)]
pub(super) struct Authored {
    /// The heading with which it begins.
    pub title: Option<String>,
    /// What it says, for those who have not read it.
    pub summary: Option<String>,
    /// The headings under which it stands, where there are enough to choose from.
    pub sections: Vec<Heading>,
    /// The text.
    pub body: Html,
    /// The questions.
    pub questions: Option<Questions>,
    /// Links and images with their places.
    pub links: Vec<AuthoredLink>,
    /// What is wrong with the texts.
    pub found: Vec<Diagnostic>,
}

/// The page, and what is wrong with its texts.
pub(super) fn render(cx: &Context<'_>, page: &FreePage) -> (Page, Vec<Diagnostic>) {
    let url = urls::free_page(page);
    let authored = authored(page, &link_base(cx.catalog, &url));
    let title = authored.title.unwrap_or_else(|| title_of(&page.path));
    let description = authored.summary.unwrap_or_else(|| format!("{title}: {}", cx.catalog.settings.title));
    let head = Head {
        url: &url,
        title: title.clone(),
        description: shorten(&description),
        kind: "article",
        sheet: Sheet::Plain,
        scripts: &[],
        as_of: None,
    };
    let view = Free {
        layout: Layout::new(cx, head),
        title,
        sections: authored.sections,
        body: authored.body,
        questions: authored.questions,
    };
    (Page::new(url, format!("page `{}`", page.path), page.file(), &view, authored.links), authored.found)
}

/// What an author wrote for a page, as HTML.
pub(super) fn authored(page: &FreePage, base: &LinkBase) -> Authored {
    let mut authored = Authored::default();
    if let Some(prose) = &page.text {
        let text = markdown::render_page(prose.file, &prose.text, base);
        authored.title = text.title;
        authored.summary = text.first_paragraph;
        authored.body = text.html;
        authored.sections = text.headings.into_iter().filter(|heading| heading.level == 2).collect();
        if authored.sections.len() < 3 {
            authored.sections.clear();
        }
        authored.links = text.links;
        authored.found = text.diagnostics;
    }
    if let Some(prose) = &page.faq {
        // Without a text the questions stand right below the heading of the page.
        let alone = page.text.is_none();
        let faq = markdown::faq(prose, &Place { base, level: if alone { 2 } else { 3 }, prefix: "q-" });
        let asked: Vec<&str> = faq.questions.iter().map(|entry| entry.question_text.as_str()).collect();
        authored.summary = authored.summary.or_else(|| (!asked.is_empty()).then(|| asked.join(" ")));
        let note = counted(faq.questions.len(), "question");
        let title = if alone {
            authored.title = faq.title;
            String::new()
        } else {
            faq.title.unwrap_or_else(|| "Questions".to_owned())
        };
        authored.questions = Some(Questions { title, note, entries: faq.questions });
        authored.links.extend(faq.links);
        authored.found.extend(faq.diagnostics);
    }
    authored
}

/// A title from the last part of a path: `terms-of-use` is `Terms of use`, and `faq` is what it stands for.
fn title_of(path: &str) -> String {
    if path.rsplit('/').next() == Some("faq") {
        return "Questions and answers".to_owned();
    }
    let words = path.rsplit('/').next().unwrap_or(path).replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Search engines show some 160 characters of a description.
const DESCRIPTION_LENGTH: usize = 160;

/// The text, or as many whole words of it as fit.
fn shorten(text: &str) -> String {
    let Some((end, _)) = text.char_indices().nth(DESCRIPTION_LENGTH) else { return text.to_owned() };
    let cut = text[..end].rfind(' ').unwrap_or(end);
    format!("{}…", text[..cut].trim_end_matches([',', ';', ':', '.', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::example::with;

    /// The HTML of the page at `help/faq/`, made of these files, and the codes of what is wrong with it.
    fn page(files: &[(&str, &str)]) -> (String, Vec<&'static str>) {
        with(files, |cx| {
            let page = cx.catalog.pages.iter().find(|page| page.path == "help/faq").expect("the page");
            let (page, found) = render(cx, page);
            assert_eq!(page.url.as_str(), "help/faq/");
            (page.html, found.iter().map(|found| found.code).collect())
        })
    }

    const FAQ: (&str, &str) = (
        "pages/help/faq.faq.md",
        "# Help\n\n## What is it?\n\nA [card](/).\n\n## And *why*?\n\nWhy not.\n\n### Really\n",
    );

    #[test]
    fn questions_alone_are_a_page() {
        let (html, found) = page(&[FAQ]);
        assert_eq!(found, [] as [&str; 0]);
        assert!(html.contains("<h1>Help</h1>") && html.contains("<title>Help · Cards</title>"), "{html}");
        assert!(html.contains("content=\"What is it? And why?\""), "{html}");
        assert!(html.contains("<details id=\"q-what-is-it\" open><summary>What is it?</summary>"), "{html}");
        assert!(html.contains("<details id=\"q-and-why\"><summary>And <em>why</em>?</summary>"), "{html}");
        assert!(html.contains("<a href=\"../../\">card</a>") && html.contains("<p>2 questions</p>"), "{html}");
        assert!(html.contains("<h2>Really</h2>"), "{html}");
        let untitled = page(&[("pages/help/faq.faq.md", "## One?\n\nYes.")]).0;
        assert!(
            untitled.contains("<h1>Questions and answers</h1>") && untitled.contains("<p>1 question</p>"),
            "{untitled}"
        );
    }

    #[test]
    fn a_text_of_the_same_path_stands_before_the_questions() {
        let text = ("pages/help/faq.md", "# Before you ask\n\nRead this.");
        let (html, _) = page(&[text, FAQ]);
        assert!(html.contains("<h1>Before you ask</h1>") && html.contains("<h2>Help</h2>"), "{html}");
        assert!(html.contains("content=\"Read this.\""), "{html}");
        assert!(html.find("Read this.</p>") < html.find("<details"), "{html}");
        let (html, _) = page(&[text, ("pages/help/faq.faq.md", "## One?\n\nYes.")]);
        assert!(html.contains("<h2>Questions</h2>"), "{html}");
        assert!(!page(&[text]).0.contains("class=\"faq\""));
    }

    #[test]
    fn what_is_wrong_with_questions_is_what_is_wrong_with_those_of_a_model() {
        let found = |text| page(&[("pages/help/faq.faq.md", text)]).1;
        assert_eq!(found("Words.\n\n## One?\n\nYes."), ["faq-without-question"]);
        assert_eq!(found("## One?"), ["faq-without-answer"]);
        assert_eq!(found("## One?\n\nYes.\n\n## one?\n\nNo."), ["duplicate-fact"]);
        assert_eq!(found(""), ["faq-without-question"]);
    }

    #[test]
    fn a_page_without_a_heading_is_called_by_its_path() {
        assert_eq!(title_of("legal/terms-of-use"), "Terms of use");
        assert_eq!(title_of("\u{e9}tat"), "\u{c9}tat");
        assert_eq!(title_of("help/faq"), "Questions and answers");
    }

    #[test]
    fn a_long_description_ends_after_a_whole_word() {
        assert_eq!(shorten("Short."), "Short.");
        let short = shorten(&"word, ".repeat(40));
        assert!(short.ends_with("word…") && short.chars().count() <= DESCRIPTION_LENGTH + 1, "{short}");
    }
}
