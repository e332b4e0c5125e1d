//! What the name of an entry decides: taken, passed over, or refused with a word to the author.

use super::{CONTENT, STATIC};
use crate::diagnostic::Diagnostic;

/// What is done with a file or folder, going by its name.
pub(super) enum Rule {
    Take,
    /// Left out, and nobody needs to know: hidden files, what editors leave behind.
    Ignore,
    /// Left out, and the author is told.
    Refuse(Diagnostic),
}

/// What is done with an entry of `content/`.
pub(super) fn text_rule(path: &str, is_folder: bool) -> Rule {
    let name = file_name(path);
    if name.starts_with('.') || is_left_behind(name) {
        Rule::Ignore
    } else if is_folder || is_text(path) {
        Rule::Take
    } else {
        Rule::Refuse(unknown_text(path))
    }
}

/// What is done with an entry of `static/`: everything is copied, but of hidden ones only those meant for a host.
pub(super) fn static_rule(path: &str, _is_folder: bool) -> Rule {
    let name = file_name(path);
    let below = path.strip_prefix("static/").unwrap_or(path);
    if is_left_behind(name) || matches!(name, ".gitkeep" | ".gitignore" | ".gitattributes") {
        Rule::Ignore
    } else if !name.starts_with('.')
        || matches!(below, ".nojekyll" | ".well-known")
        || below.starts_with(".well-known/")
    {
        Rule::Take
    } else {
        Rule::Refuse(
            Diagnostic::warning("hidden-static", format!("the hidden file `{path}` is not published"))
                .in_file(path)
                .help("remove it, or take the dot from its name; only `.nojekyll` and `.well-known/` are published"),
        )
    }
}

/// Whether nothing changes by an entry at this path: its name, or that of a folder above it, is passed over.
pub(crate) fn is_passed_over(path: &str) -> bool {
    let rule = match path.split('/').next() {
        Some(CONTENT) => text_rule,
        Some(STATIC) => static_rule,
        _ => return true,
    };
    let ends = path.match_indices('/').skip(1).map(|(end, _)| end).chain([path.len()]);
    path.contains('/') && ends.into_iter().any(|end| matches!(rule(&path[..end], false), Rule::Ignore))
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Whether editors and systems leave files of this name behind.
pub(crate) fn is_left_behind(name: &str) -> bool {
    name == ".DS_Store"
        || name.ends_with('~')
        || name.starts_with(".#")
        || (name.starts_with('#') && name.ends_with('#'))
        || (name.starts_with('.') && [".swp", ".swo", ".swx"].iter().any(|end| name.ends_with(end)))
}

fn is_text(path: &str) -> bool {
    path.starts_with("content/") && (path.ends_with(".toml") || path.ends_with(".md"))
}

fn unknown_text(path: &str) -> Diagnostic {
    let (stem, extension) = path.rsplit_once('.').unwrap_or((path, ""));
    let help = match extension.to_ascii_lowercase().as_str() {
        "toml" | "tml" => format!("did you mean `{stem}.toml`?"),
        "md" | "markdown" | "mdown" | "mkd" => format!("did you mean `{stem}.md`?"),
        "json" | "yaml" | "yml" | "csv" => "facts are written in TOML, texts in Markdown".to_owned(),
        _ => format!("a file to be published as it is belongs in `static/`, as `static/{}`", file_name(path)),
    };
    Diagnostic::warning("unknown-file", format!("`{path}` is neither TOML nor Markdown and is ignored"))
        .in_file(path)
        .help(help)
}
