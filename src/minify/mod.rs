//! Smaller bytes that show the same page.
//!
//! Pages as the templates write them, which are all there are, go through `tight`. For whatever else HTML has,
//! `minify-html` does the work, between two readings of the page by an HTML tokenizer: the first hides the
//! spaces that a reader would miss, the second checks that nothing is missing and puts quotes back. A page on
//! which any of this fails is an error here, and goes out as it was. The two ways give the same tree.

mod css;
mod line;
mod shape;
mod tight;

use std::borrow::Cow;
use std::cell::Cell;
use std::panic;
use std::sync::Once;

use minify_html::Cfg;

use crate::markup::Unfamiliar;
pub use css::css;

/// Why a page was not made smaller.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MinifyError {
    /// The minifier gave up.
    #[error("the minifier stopped with `{0}`")]
    Panicked(String),
    /// The result would have shown other words, other spaces or other elements.
    #[error("the minifier changed what the page says")]
    Changed,
    /// The page is not text that the minifier can take.
    #[error("the page has bytes that are not text")]
    NotText,
}

/// The page in fewer bytes: valid HTML that says the same, with its closing tags and quotes.
///
/// # Errors
///
/// When the minifier fails or its result differs from the page in more than bytes that nobody sees.
pub fn html(page: &[u8]) -> Result<Vec<u8>, MinifyError> {
    tight::tight(page).or_else(|Unfamiliar| any_html(page))
}

/// The same for a page as the templates write it. `None` when it has something that they do not write.
#[must_use]
pub fn own_html(page: &[u8]) -> Option<Vec<u8>> {
    tight::tight(page).ok()
}

/// The same for a page whoever wrote it, by `minify-html`.
///
/// # Errors
///
/// As for [`html`].
pub fn any_html(page: &[u8]) -> Result<Vec<u8>, MinifyError> {
    if page.contains(&shape::HIDDEN_SPACE) || std::str::from_utf8(page).is_err() {
        return Err(MinifyError::NotText);
    }
    let (says, marked) = shape::hide_spaces(page);
    let small = quietly(|| minify_html::minify(&marked, &options()))?;
    let (still_says, small) = shape::restore(&small);
    if still_says == says { Ok(small) } else { Err(MinifyError::Changed) }
}

/// The bytes that are published for a file, and why they are not as small as they should be. Of what is published pages are
/// minified, but not the site's own files, which are copied as they are.
#[must_use]
pub fn published<'a>(path: &str, own: bool, bytes: &'a [u8]) -> (Cow<'a, [u8]>, Option<MinifyError>) {
    if own || !path.ends_with(".html") {
        return (Cow::Borrowed(bytes), None);
    }
    match html(bytes) {
        Ok(small) => (Cow::Owned(small), None),
        Err(error) => (Cow::Borrowed(bytes), Some(error)),
    }
}

fn options() -> Cfg {
    Cfg {
        keep_closing_tags: true,
        keep_html_and_head_opening_tags: true,
        // A stylesheet may select by it.
        keep_input_type_text_attr: true,
        ..Cfg::default()
    }
}

/// What the bytes of a page depend on besides this code: another version may leave other bytes, so a page that was made
/// with it is made again.
pub(crate) const TOOLS: &str = "html5gum 0.9.0, minify-html 0.18.1, minify-html-common 0.0.3";

thread_local! {
    /// Whether a panic of this thread is caught below, so that nobody needs to hear of it.
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Runs a piece of foreign code; a panic in it becomes an error and is not printed.
fn quietly<T>(run: impl FnOnce() -> T + panic::UnwindSafe) -> Result<T, MinifyError> {
    static HOOK: Once = Once::new();
    // The hook is of the whole process, so it is put in once, in front of the one that is there, and each thread
    // says for itself when it wants silence. Nothing is ever taken out again: no two threads can disturb each other.
    HOOK.call_once(|| {
        let former = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !QUIET.get() {
                former(info);
            }
        }));
    });
    QUIET.set(true);
    let result = panic::catch_unwind(run);
    QUIET.set(false);
    result.map_err(|payload| {
        let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
        let text = text.or_else(|| payload.downcast_ref::<String>().cloned());
        MinifyError::Panicked(text.unwrap_or_else(|| "a panic without words".to_owned()))
    })
}

#[cfg(test)]
mod tests;
