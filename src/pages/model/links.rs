//! Media and discussions: links, nothing loaded from elsewhere.

use crate::catalog::{Link, LinkKind, Model};
use crate::pages::DateWords;

/// One link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LinkLine {
    /// Where it leads, in a word: `X`, `Reddit`, `YouTube`, `Paper`.
    pub kind: &'static str,
    /// Its title.
    pub title: String,
    /// Its address.
    pub href: String,
    /// Who published it, and its host.
    pub publisher: String,
    /// When.
    pub date: Option<DateWords>,
}

pub(super) fn links(model: &Model) -> Vec<LinkLine> {
    model.links.iter().map(line).collect()
}

fn line(link: &Link) -> LinkLine {
    let host = link.url.host();
    LinkLine {
        kind: kind_in_a_word(link.kind, host),
        title: link.title.clone(),
        href: link.url.as_str().to_owned(),
        publisher: match &link.publisher {
            Some(publisher) => format!("{publisher}, {host}"),
            None => host.to_owned(),
        },
        date: link.date.map(DateWords::from),
    }
}

fn kind_in_a_word(kind: LinkKind, host: &str) -> &'static str {
    let host = host.strip_prefix("m.").unwrap_or(host);
    let social = matches!(kind, LinkKind::Post | LinkKind::Discussion | LinkKind::Video | LinkKind::Other);
    let known = match host {
        "x.com" | "twitter.com" => "X",
        "reddit.com" | "old.reddit.com" | "redd.it" => "Reddit",
        "youtube.com" | "youtu.be" => "YouTube",
        "news.ycombinator.com" => "Hacker News",
        "linkedin.com" => "LinkedIn",
        "bsky.app" => "Bluesky",
        _ => "",
    };
    if social && !known.is_empty() {
        return known;
    }
    match kind {
        LinkKind::Announcement => "Announcement",
        LinkKind::Blog => "Article",
        LinkKind::Docs => "Docs",
        LinkKind::Paper => "Paper",
        LinkKind::ModelCard => "Model card",
        LinkKind::Weights => "Weights",
        LinkKind::Code => "Code",
        LinkKind::Video => "Video",
        LinkKind::Post => "Post",
        LinkKind::Discussion => "Discussion",
        LinkKind::Other => "Link",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_says_where_a_link_leads() {
        for (kind, host, word) in [
            (LinkKind::Post, "x.com", "X"),
            (LinkKind::Discussion, "old.reddit.com", "Reddit"),
            (LinkKind::Video, "m.youtube.com", "YouTube"),
            (LinkKind::Announcement, "x.com", "Announcement"),
            (LinkKind::Paper, "arxiv.org", "Paper"),
            (LinkKind::Discussion, "community.openai.com", "Discussion"),
        ] {
            assert_eq!(kind_in_a_word(kind, host), word);
        }
    }
}
