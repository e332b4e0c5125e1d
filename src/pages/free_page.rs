//! A free page: an author's Markdown in the frame of the site.

use askama::Template;

use super::{Context, Head, Layout, Page, link_base};
use crate::catalog::FreePage;
use crate::diagnostic::Diagnostic;
use crate::html::Html;
use crate::markdown::{self, Heading};
use crate::theme::Sheet;
use crate::urls;

#[derive(Template)]
#[template(path = "pages/free_page.html")]
struct Free {
    layout: Layout,
    title: String,
    /// The headings under which the page stands, where there are enough to choose from.
    sections: Vec<Heading>,
    body: Html,
}

/// The page, and what is wrong with its text.
pub(super) fn render(cx: &Context<'_>, page: &FreePage) -> (Page, Vec<Diagnostic>) {
    let url = urls::free_page(page);
    let text = markdown::render_page(page.file, &page.text, &link_base(cx.catalog, &url));
    let title = text.title.unwrap_or_else(|| title_of(&page.path));
    let description = text.first_paragraph.unwrap_or_else(|| format!("{title}: {}", cx.catalog.settings.title));
    let head = Head {
        url: &url,
        title: title.clone(),
        description: shorten(&description),
        kind: "article",
        sheet: Sheet::Plain,
        scripts: &[],
        as_of: None,
    };
    let mut sections: Vec<Heading> = text.headings.into_iter().filter(|heading| heading.level == 2).collect();
    if sections.len() < 3 {
        sections.clear();
    }
    let view = Free { layout: Layout::new(cx, head), title, sections, body: text.html };
    (Page::new(url, format!("page `{}`", page.path), Some(page.file), &view, text.links), text.diagnostics)
}

/// A title from the last part of a path: `terms-of-use` is `Terms of use`.
fn title_of(path: &str) -> String {
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

    #[test]
    fn a_page_without_a_heading_is_called_by_its_path() {
        assert_eq!(title_of("legal/terms-of-use"), "Terms of use");
        assert_eq!(title_of("\u{e9}tat"), "\u{c9}tat");
    }

    #[test]
    fn a_long_description_ends_after_a_whole_word() {
        assert_eq!(shorten("Short."), "Short.");
        let short = shorten(&"word, ".repeat(40));
        assert!(short.ends_with("word…") && short.chars().count() <= DESCRIPTION_LENGTH + 1, "{short}");
    }
}
