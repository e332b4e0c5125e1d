//! The settings of the site, as written, to what they are.

use std::collections::{BTreeMap, BTreeSet};

use super::known::Known;
use super::place::is_portable;
use super::scope::{SIZE, Scope, optional, text};
use crate::catalog::{
    Benchmark, BenchmarkId, COMPARED, Curated, Date, Gateway, Host, ModelId, NavigationItem, NavigationTarget,
    Operator, Recheck, ServiceTier, Settings, Slug, WebUrl, Workload,
};
use crate::diagnostic::Diagnostic;
use crate::files::Span;
use crate::site::SitePath;
use crate::source::{self, Located, SiteFile};

/// A hundred years: longer than any figure has been there.
const LONGEST_TRUST: i64 = 36_500;

impl Scope<'_> {
    /// The settings.
    pub(super) fn settings(&mut self, file: &SiteFile, known: &Known<'_>, today: Date) -> Settings {
        let headline = self.unique("headline", &file.headline);
        let headline =
            headline.into_iter().filter_map(|id| self.benchmark(id, known).map(|benchmark| benchmark.id.clone()));
        let headline = headline.collect();
        let featured = self.unique("featured", &file.featured);
        let categories = self.unique("categories", &file.categories);
        let hosts = file.hosts.as_ref().map(|hosts| self.unique("hosts", hosts));
        let hosts = hosts.map(|hosts| {
            hosts.into_iter().filter_map(|host| self.word("hosts", host, Host::WORDS, Host::parse)).collect()
        });
        Settings {
            title: file.title.value.clone(),
            tagline: text(file.tagline.as_ref()),
            description: text(file.description.as_ref()),
            base_url: self.base_url(file),
            language: self.language(file),
            operator: file.operator.as_ref().map(|operator| Operator {
                name: operator.name.value.clone(),
                url: self.url("url", operator.url.as_ref()),
            }),
            report_url: self.report_url(file),
            api: self.gateway(file),
            navigation: file.navigation.iter().filter_map(|item| self.navigation(item)).collect(),
            featured: featured.into_iter().filter_map(|id| self.model(id, known)).collect(),
            headline,
            categories: categories.into_iter().map(|name| name.value.clone()).collect(),
            hosts,
            workloads: self.workloads(file),
            compare: self.comparisons(file, known),
            recheck: self.recheck(file, today),
        }
    }

    fn recheck(&mut self, file: &SiteFile, today: Date) -> Option<Recheck> {
        let days = self.count("recheck_after_days", file.recheck_after_days.as_ref()?.span, LONGEST_TRUST)?;
        Recheck::new(u32::try_from(days).ok()?, today)
    }

    fn language(&mut self, file: &SiteFile) -> String {
        let Some(tag) = &file.language else { return "en".to_owned() };
        let mut parts = tag.value.split('-');
        let language = parts.next().unwrap_or_default();
        let sound = (2..=3).contains(&language.len())
            && language.bytes().all(|b| b.is_ascii_alphabetic())
            && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()));
        if !sound {
            let message = format!("`{}` is not the tag of a language", tag.value);
            let help = "write its BCP 47 tag: `en`, `de`, `pt-BR`".to_owned();
            self.error("unknown-word", message, tag.span, "not a tag", help);
        }
        tag.value.clone()
    }

    fn base_url(&mut self, file: &SiteFile) -> Option<WebUrl> {
        let text = file.base_url.as_ref()?;
        let url = WebUrl::of_folder(&text.value);
        if url.is_none() {
            let message = format!("base_url `{}` is not where a site can be published", text.value);
            let help = "write the whole address with its path, as in https://example.org/models/".to_owned();
            self.error("invalid-base-url", message, text.span, "not the address of a folder", help);
        }
        url
    }

    fn report_url(&mut self, file: &SiteFile) -> Option<String> {
        let text = file.report_url.as_ref()?;
        let probe = text.value.replace("{id}", "id");
        let mail = probe.strip_prefix("mailto:").is_some_and(|rest| {
            rest.contains('@') && rest.chars().all(|c| c.is_ascii_graphic() && !r#"<>"`\"#.contains(c))
        });
        if !mail && WebUrl::parse(&probe).is_none() {
            let message = format!("report_url `{}` is no address to write to", text.value);
            let help = "use an https address or mailto:, with {id} where the model ID goes".to_owned();
            self.error("invalid-url", message, text.span, "not https, http or mailto", help);
            return None;
        }
        Some(text.value.clone())
    }

    fn gateway(&mut self, file: &SiteFile) -> Option<Gateway> {
        let api = file.api.as_ref()?;
        let base_url = self.url("base_url", Some(&api.base_url))?;
        let base_url = WebUrl::parse(base_url.as_str().trim_end_matches('/'))?;
        let key_variable = match &api.key_variable {
            None => "API_KEY".to_owned(),
            Some(name) if is_variable(&name.value) => name.value.clone(),
            Some(name) => {
                let message = format!("`{}` is not the name of an environment variable", name.value);
                let help = "use capitals, digits and underscores, beginning with a letter".to_owned();
                self.error("unknown-word", message, name.span, "not a variable's name", help);
                return None;
            }
        };
        Some(Gateway { base_url, key_variable })
    }

    fn navigation(&mut self, item: &source::NavigationItem) -> Option<NavigationItem> {
        let text = &item.url.value;
        let target = if let Some(url) = WebUrl::parse(text) {
            NavigationTarget::Web(url)
        } else if text.contains([':', '\\']) || text.starts_with("//") || text.contains(char::is_whitespace) {
            let message = format!("the navigation's `{text}` is no page and no web address");
            let help = "write a path from the site's root, as in about/, or an https address".to_owned();
            self.error("invalid-url", message, item.url.span, "neither", help);
            return None;
        } else {
            NavigationTarget::Page(text.trim_start_matches('/').to_owned())
        };
        Some(NavigationItem { label: item.label.value.clone(), target, origin: self.origin(item.url.span) })
    }

    fn workloads(&mut self, file: &SiteFile) -> Vec<Workload> {
        if file.workload.is_empty() {
            return common_workloads();
        }
        let mut taken = BTreeMap::new();
        let mut workloads = Vec::new();
        for workload in &file.workload {
            let slug = self.workload_slug(&workload.name, &mut taken);
            let input = self.whole("input", workload.input.span);
            let cache_read = workload.cache_read.as_ref().map_or(Some(0), |n| self.whole("cache_read", n.span));
            let output = self.whole("output", workload.output.span);
            let requests = workload.requests.as_ref().map_or(Some(1), |n| self.count("requests", n.span, SIZE));
            let tier = optional(workload.service_tier.as_ref(), |word| {
                self.word("service_tier", word, ServiceTier::WORDS, ServiceTier::parse)
            });
            let whole = (|| {
                Some(Workload {
                    name: workload.name.value.clone(),
                    slug: slug?,
                    note: text(workload.note.as_ref()),
                    input: input?,
                    cache_read: cache_read?,
                    output: output?,
                    requests: requests?,
                    service_tier: tier?.filter(|tier| *tier != ServiceTier::Standard),
                })
            })();
            workloads.extend(whole);
        }
        workloads
    }

    /// The path segment of the page of a workload. It is that of no other workload, and none that the pages of all prices
    /// have: their numbers, and their orders, which begin with `by-`.
    fn workload_slug(&mut self, name: &Located<String>, taken: &mut BTreeMap<String, Span>) -> Option<Slug> {
        let (written, span) = (&name.value, name.span);
        let slug = Slug::from_name(written).filter(|slug| {
            let text = slug.as_str();
            is_portable(text) && !text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with("by-")
        });
        let Some(slug) = slug else {
            let message = format!("workload `{written}`: no page can be called so");
            let help = "its page is called after its name: give it letters, at most 200 bytes, and no `by` in front";
            self.error("invalid-id", message, span, "cannot be part of a path", help.to_owned());
            return None;
        };
        let path = SitePath::new(slug.as_str()).map_or_else(|_| slug.as_str().to_owned(), |path| path.folded());
        if let Some(first) = taken.get(&path) {
            let message = format!("workload `{written}`: another one has the same path: pricing/{slug}/");
            let finding = Diagnostic::error("duplicate-path", message)
                .at(self.origin(span), "the same path")
                .at(self.origin(*first), "the first one")
                .help("characters other than letters, digits, `.` and `_` become `-`: change one of the names");
            self.found.push(finding);
            return None;
        }
        taken.insert(path, span);
        Some(slug)
    }
}

impl Scope<'_> {
    /// The comparisons that have a page of their own.
    fn comparisons(&mut self, file: &SiteFile, known: &Known<'_>) -> Curated {
        let mut sets = Vec::new();
        let mut first: BTreeMap<Vec<&str>, Span> = BTreeMap::new();
        for models in file.compare.iter().map(|compare| &compare.models) {
            let listed = self.unique("models", &models.value);
            let again = listed.len() < models.value.len();
            let mut set: Vec<&str> = listed.iter().map(|id| id.value.as_str()).collect();
            set.sort_unstable();
            // One that a set has twice may be meant to be another one.
            if !again && !COMPARED.contains(&set.len()) {
                let message = match set.len() {
                    0 => "a comparison of no model".to_owned(),
                    1 => "a comparison of one model with none".to_owned(),
                    many => format!("a comparison of {many} models"),
                };
                let help = format!("name {} to {} models", COMPARED.start(), COMPARED.end());
                self.error("comparison-size", message, models.span, "too few or too many", help);
                continue;
            }
            if let Some(earlier) = first.get(&set) {
                let message = format!("{}: the same models are compared twice", self.record);
                let (earlier, again) = (self.origin(*earlier), self.origin(models.span));
                let finding = super::price::duplicate(message, earlier, again);
                self.found.push(finding.help("keep one: a page compares them in whichever order they are named"));
                continue;
            }
            first.insert(set, models.span);
            let ids: Vec<ModelId> = listed.iter().filter_map(|id| self.model(id, known)).collect();
            if !again && ids.len() == listed.len() {
                sets.push(ids);
            }
        }
        Curated::new(sets)
    }
}

/// Categories that the settings do not list stand after those that they do, by name.
pub(super) fn add_categories(settings: &mut Settings, benchmarks: &BTreeMap<BenchmarkId, Benchmark>) {
    let others: BTreeSet<&String> = benchmarks.values().map(|benchmark| &benchmark.category).collect();
    for category in others {
        if !settings.categories.contains(category) {
            settings.categories.push(category.clone());
        }
    }
}

fn is_variable(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
}

/// The workloads of a site that names none.
fn common_workloads() -> Vec<Workload> {
    let workload = |name: &str, note: &str, input, cache_read, output, requests| Workload {
        name: name.to_owned(),
        slug: Slug::from_name(name).expect("these names have letters"),
        note: Some(note.to_owned()),
        input,
        cache_read,
        output,
        requests,
        service_tier: None,
    };
    vec![
        workload("Chat turn", "the earlier turns come from the cache", 800, 2_000, 300, 1),
        workload("RAG answer", "the instructions come from the cache, the passages do not", 12_000, 3_000, 600, 1),
        workload("Long document", "about 300 pages, read once", 150_000, 0, 3_000, 1),
        workload(
            "Agent with tools",
            "25 steps; the growing history comes from the cache",
            100_000,
            1_000_000,
            25_000,
            25,
        ),
        Workload {
            service_tier: Some(ServiceTier::Batch),
            ..workload("Batch job", "1,000 records sorted, within hours", 1_500_000, 0, 100_000, 1_000)
        },
    ]
}
