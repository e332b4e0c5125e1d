//! `_redirects`: where old addresses lead, for Cloudflare Pages, Netlify and GitLab Pages.
//!
//! On the left stands the path in the folder as it is uploaded, on the right the address to which readers are sent,
//! with the path of `base_url` in front: a host knows nothing of that path where another one asks it for the pages.
//! Where a host lets files win over rules, as GitLab Pages does, readers get the page at the old address, which leads on
//! too. Netlify does so unless a rule is forced, which others take for a mistake: so only where it is the one host.

use std::collections::BTreeSet;

use super::{Export, Exported, own_text};
use crate::catalog::Host;
use crate::pages::{self, Context};
use crate::urls::{self, LinkBase};

pub(super) const EXPORT: Export = Export { name: "_redirects", path: "_redirects", run };

fn run(cx: &Context<'_>) -> Vec<Exported> {
    let url = urls::redirects();
    let own = own_text(cx, &url);
    let published = LinkBase::Root(pages::base_path(cx.catalog));
    let rules = cx
        .catalog
        .moved
        .iter()
        .map(|moved| (urls::moved(moved).requested(), published.href(&urls::moved_to(cx.catalog, moved))));
    let status = if cx.catalog.settings.hosts.as_deref() == Some([Host::Netlify].as_slice()) { "301!" } else { "301" };
    let text = merged(&own, rules.collect(), status);
    if text.is_empty() { Vec::new() } else { vec![Exported { url, bytes: text.into_bytes() }] }
}

/// The author's rules and these, each from where and to where. Of two rules for one address hosts take the first one.
///
/// The author's come first. Rules with wildcards come last: Cloudflare Pages counts every rule behind the first of them
/// as one, and takes a hundred of those only.
fn merged(own: &str, rules: Vec<(String, String)>, status: &str) -> String {
    let from = |line: &str| line.split_whitespace().next().filter(|from| !from.starts_with('#')).map(str::to_owned);
    let is_dynamic = |line: &str| from(line).is_some_and(|from| from.contains(['*', ':']));
    let at = own.split_inclusive('\n').take_while(|line| !is_dynamic(line)).map(str::len).sum();
    let (first, last) = own.split_at(at);
    let claimed: BTreeSet<String> = first.lines().filter_map(from).map(|from| bare(&from).to_owned()).collect();
    let mut text = first.to_owned();
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    for (from, to) in rules.iter().filter(|(from, _)| !claimed.contains(bare(from))) {
        text.push_str(&format!("{from} {to} {status}\n"));
    }
    text.push_str(last);
    text
}

/// An address without the slash at its end, which hosts see as the same.
fn bare(from: &str) -> &str {
    from.strip_suffix('/').unwrap_or(from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules() -> Vec<(String, String)> {
        [("/a/", "/b/"), ("/c.html", "/d/")].map(|(from, to)| (from.to_owned(), to.to_owned())).to_vec()
    }

    #[test]
    fn own_rules_win_and_those_with_wildcards_come_last() {
        assert_eq!(merged("", rules(), "301"), "/a/ /b/ 301\n/c.html /d/ 301\n");
        assert_eq!(merged("# mine\n/a /x/", rules(), "301"), "# mine\n/a /x/\n/c.html /d/ 301\n");
        let own = "/x /y 302\n/blog/* /news/:splat\n/z /y\n";
        let wanted = "/x /y 302\n/a/ /b/ 301\n/c.html /d/ 301\n/blog/* /news/:splat\n/z /y\n";
        assert_eq!(merged(own, rules(), "301"), wanted);
        assert_eq!(merged(own, Vec::new(), "301"), own);
    }
}
