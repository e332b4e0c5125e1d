//! Providers, developers and the settings, as written, to what they are.

use super::Known;
use super::scope::{Scope, nearest, text};
use crate::catalog::id::{BenchmarkId, DeveloperId, ModelId, ProviderId};
use crate::catalog::{
    DataPolicy, Developer, Gateway, NavigationItem, NavigationTarget, Offer, Operator, PriceList, Provenance, Provider,
    Settings, Tokens, WebUrl, Workload,
};
use crate::source::{self, DeveloperFile, ProviderFile, SiteFile};

impl Scope<'_> {
    /// A developer.
    pub(super) fn developer_file(&mut self, id: &str, file: &DeveloperFile) -> Developer {
        Developer {
            id: DeveloperId::new(id),
            name: file.name.value.clone(),
            url: self.url("url", file.url.as_ref()),
            country: text(file.country.as_ref()),
            description: text(file.description.as_ref()),
            docs: self.url("docs", file.docs.as_ref()),
            provider: None,
            origin: self.origin(file.name.span),
        }
    }

    /// A provider, without its offers.
    pub(super) fn provider_file(&mut self, id: &str, file: &ProviderFile, known: &Known<'_>) -> Provider {
        let developer = file.developer.as_ref().and_then(|developer| {
            let found = known.developers.get_key_value(developer.value.as_str()).map(|(id, _)| id.clone());
            if found.is_none() && !known.broken_developers.contains(&developer.value) {
                let help = nearest(&developer.value, known.developers.keys().map(DeveloperId::as_str))
                    .unwrap_or_else(|| format!("describe it in content/developers/{}.toml", developer.value));
                let message = format!("there is no developer `{}`", developer.value);
                self.error("unknown-developer", message, developer.span, "no such developer", help);
            }
            found
        });
        self.defaults = self.provenance(file.source.as_ref(), file.as_of.as_ref(), None, &Provenance::default());
        let data_policy = file.data_policy.as_ref().map_or_else(DataPolicy::default, |policy| DataPolicy {
            retention: text(policy.retention.as_ref()),
            trains_on_data: policy.trains_on_data.as_ref().map(|trains| trains.value),
            regions: text(policy.regions.as_ref()),
            url: self.url("url", policy.url.as_ref()),
        });
        Provider {
            id: ProviderId::new(id),
            name: file.name.value.clone(),
            url: self.url("url", file.url.as_ref()),
            developer,
            base_url: self.url("base_url", file.base_url.as_ref()),
            docs: self.url("docs", file.docs.as_ref()),
            description: text(file.description.as_ref()),
            data_policy,
            provenance: self.defaults.clone(),
            origin: self.origin(file.name.span),
        }
    }

    /// The offers of a provider, each with its model.
    pub(super) fn offers(&mut self, id: &str, file: &ProviderFile, known: &Known<'_>) -> Vec<(ModelId, Offer)> {
        let defaults = self.provenance(file.source.as_ref(), file.as_of.as_ref(), None, &Provenance::default());
        let mut offers = Vec::new();
        for offer in &file.offer {
            let Some(model) = self.model(&offer.model, known) else { continue };
            let provenance =
                self.provenance(offer.source.as_ref(), offer.as_of.as_ref(), offer.note.as_ref(), &defaults);
            self.defaults = provenance.clone();
            let prices = offer.price.as_ref().map_or_else(PriceList::default, |table| self.prices(table, &provenance));
            let offer = Offer {
                provider: Some(ProviderId::new(id)),
                own: false,
                id_there: text(offer.id.as_ref()),
                region: text(offer.region.as_ref()),
                context_window: self.count_fact("context_window", offer.context_window.as_ref(), Tokens),
                max_output: self.count_fact("max_output", offer.max_output.as_ref(), Tokens),
                quantization: text(offer.quantization.as_ref()),
                prices,
                provenance,
                origin: self.origin(offer.model.span),
            };
            offers.push((model, offer));
        }
        offers
    }

    /// The settings.
    pub(super) fn settings(&mut self, file: &SiteFile, known: &Known<'_>) -> Settings {
        let headline = file.headline.iter().filter_map(|id| {
            let found = known.benchmarks.get_key_value(id.value.as_str()).map(|(id, _)| id.clone());
            if found.is_none() && !known.broken_benchmarks.contains(&id.value) {
                let help = nearest(&id.value, known.benchmarks.keys().map(BenchmarkId::as_str))
                    .unwrap_or_else(|| format!("describe it in content/benchmarks/{}.toml", id.value));
                let message = format!("there is no benchmark `{}`", id.value);
                self.error("unknown-benchmark", message, id.span, "no such benchmark", help);
            }
            found
        });
        let headline = headline.collect();
        Settings {
            title: file.title.value.clone(),
            tagline: text(file.tagline.as_ref()),
            description: text(file.description.as_ref()),
            base_url: self.base_url(file),
            language: text(file.language.as_ref()).unwrap_or_else(|| "en".to_owned()),
            operator: file.operator.as_ref().map(|operator| Operator {
                name: operator.name.value.clone(),
                url: self.url("url", operator.url.as_ref()),
            }),
            report_url: self.report_url(file),
            api: self.gateway(file),
            navigation: file.navigation.iter().filter_map(|item| self.navigation(item)).collect(),
            featured: file.featured.iter().filter_map(|id| self.model(id, known)).collect(),
            headline,
            categories: file.categories.iter().map(|name| name.value.clone()).collect(),
            workloads: self.workloads(file),
        }
    }

    fn base_url(&mut self, file: &SiteFile) -> Option<WebUrl> {
        let text = file.base_url.as_ref()?;
        let url = published_at(&text.value);
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
        file.workload
            .iter()
            .filter_map(|workload| {
                let mut whole = |key: &str, span| {
                    self.positive(key, span).and_then(|number| u64::try_from(number.normalize()).ok())
                };
                Some(Workload {
                    name: workload.name.value.clone(),
                    note: text(workload.note.as_ref()),
                    input: whole("input", workload.input.span)?,
                    cache_read: workload.cache_read.as_ref().map_or(Some(0), |n| whole("cache_read", n.span))?,
                    output: whole("output", workload.output.span)?,
                    requests: workload.requests.as_ref().map_or(Some(1), |n| self.number("requests", n))?,
                })
            })
            .collect()
    }
}

/// Where a site can be published: an address without query and fragment; it gets a slash at its end.
#[must_use]
pub(super) fn published_at(text: &str) -> Option<WebUrl> {
    if text.contains(['?', '#']) {
        return None;
    }
    let url = WebUrl::parse(text)?;
    if url.as_str().ends_with('/') { Some(url) } else { WebUrl::parse(&format!("{text}/")) }
}

fn is_variable(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
}

/// The workloads of a site that names none.
fn common_workloads() -> Vec<Workload> {
    [
        ("One turn of support chat", "a short history, most of it cached", 800, 1_200, 400, 1),
        ("Answer from documents", "some pages of context, a paragraph back", 12_000, 0, 600, 1),
        ("A hard proof", "a short question, long reasoning", 500, 0, 8_000, 1),
        ("Coding agent, 25 steps", "the growing context is read from the cache", 60_000, 540_000, 24_000, 25),
    ]
    .into_iter()
    .map(|(name, note, input, cache_read, output, requests)| Workload {
        name: name.to_owned(),
        note: Some(note.to_owned()),
        input,
        cache_read,
        output,
        requests,
    })
    .collect()
}
