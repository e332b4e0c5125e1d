//! A model's file to a model, as far as that file alone says it.

use std::collections::BTreeMap;

use super::known::Known;
use super::scope::{SIZE, Scope, TOKENS, nearest, text};
use crate::catalog::{
    Ability, Dates, DeveloperId, Effort, Endpoint, Fact, Link, LinkKind, Modality, Model, ModelId, Offer, Parameters,
    PriceList, Prose, Provenance, Reasoning, RequestParameter, Slug, State, Status, Tokens, UnknownFact, Weights,
};
use crate::diagnostic::suggest;
use crate::files::FileId;
use crate::source::{Capability, Located, ModelFile, ParsedModel};

/// The facts whose source and date can be given by `[provenance.<key>]`.
const FACTS: [&str; 16] = [
    "announced",
    "released",
    "updated",
    "knowledge_cutoff",
    "deprecated",
    "retired",
    "context_window",
    "max_input",
    "max_output",
    "modalities",
    "weights",
    "license",
    "parameters",
    "active_parameters",
    "capabilities",
    "price",
];

impl Scope<'_> {
    /// The model of a file. Offers and results of other files come later.
    pub(super) fn model_file(&mut self, id: &ModelId, slug: &Slug, parsed: &ParsedModel, known: &Known<'_>) -> Model {
        let file = &parsed.value;
        self.defaults = self.provenance(file.source.as_ref(), file.as_of.as_ref(), None, &Provenance::default());
        let own = self.own_provenance(file);
        let with = |mut fact: Fact<_>, key: &str| {
            apply(&own, &mut fact.provenance, key);
            fact
        };
        let count = |mut fact: Fact<Tokens>, key: &str| {
            apply(&own, &mut fact.provenance, key);
            fact
        };
        let size = |mut fact: Fact<Parameters>, key: &str| {
            apply(&own, &mut fact.provenance, key);
            fact
        };
        let dates = Dates {
            announced: with(self.date_fact("announced", file.announced.as_ref()), "announced"),
            released: with(self.date_fact("released", file.released.as_ref()), "released"),
            updated: with(self.date_fact("updated", file.updated.as_ref()), "updated"),
            knowledge_cutoff: with(
                self.date_fact("knowledge_cutoff", file.knowledge_cutoff.as_ref()),
                "knowledge_cutoff",
            ),
            deprecated: with(self.date_fact("deprecated", file.deprecated.as_ref()), "deprecated"),
            retired: with(self.date_fact("retired", file.retired.as_ref()), "retired"),
        };
        let written_status =
            file.status.as_ref().and_then(|word| self.word("status", word, Status::WORDS, Status::parse));
        let (takes, gives) = self.modalities(file, &own);
        let mut weights = file.weights.as_ref().map_or_else(Fact::default, |word| {
            let state = self.word("weights", word, Weights::WORDS, Weights::parse).map_or(State::Unknown, State::Known);
            Fact { state, provenance: self.defaults.clone(), origin: Some(self.origin(word.span)) }
        });
        apply(&own, &mut weights.provenance, "weights");
        let mut license = file.license.as_ref().map_or_else(Fact::default, |name| {
            let state =
                if name.value == "not applicable" { State::NotApplicable } else { State::Known(name.value.clone()) };
            Fact { state, provenance: self.defaults.clone(), origin: Some(self.origin(name.span)) }
        });
        apply(&own, &mut license.provenance, "license");
        let mut capabilities_provenance = self.defaults.clone();
        apply(&own, &mut capabilities_provenance, "capabilities");

        let competitors = self.unique("competitors", &file.competitors);
        let endpoints = self.unique("endpoints", &file.api.endpoints);
        let mut offers = Vec::new();
        if let Some(table) = &file.price {
            let mut defaults = self.defaults.clone();
            apply(&own, &mut defaults, "price");
            let (prices, provenance) = self.prices(table, &defaults);
            offers.push(self.own_offer(prices, provenance, file));
        }
        Model {
            id: id.clone(),
            developer: DeveloperId::new(parsed.developer.as_str()),
            slug: slug.clone(),
            name: file.name.value.clone(),
            summary: text(file.summary.as_ref()),
            family: text(file.family.as_ref()),
            status: written_status.unwrap_or(Status::Active),
            written_status,
            successor: file.successor.as_ref().and_then(|id| self.successor(id, known)),
            dates,
            context_window: count(
                self.count_fact("context_window", file.context_window.as_ref(), TOKENS, Tokens),
                "context_window",
            ),
            max_input: count(self.count_fact("max_input", file.max_input.as_ref(), TOKENS, Tokens), "max_input"),
            max_output: count(self.count_fact("max_output", file.max_output.as_ref(), TOKENS, Tokens), "max_output"),
            takes,
            gives,
            weights,
            weights_url: self.url("weights_url", file.weights_url.as_ref()),
            license,
            license_url: self.url("license_url", file.license_url.as_ref()),
            parameters: size(self.count_fact("parameters", file.parameters.as_ref(), SIZE, Parameters), "parameters"),
            active_parameters: size(
                self.count_fact("active_parameters", file.active_parameters.as_ref(), SIZE, Parameters),
                "active_parameters",
            ),
            reasoning: self.reasoning(file),
            capabilities: capabilities(file),
            capabilities_provenance,
            endpoints: endpoints.into_iter().filter_map(|text| self.endpoint(text)).collect(),
            parameters_accepted: parameters(file),
            aliases: file.aliases.iter().map(|name| name.value.clone()).collect(),
            snapshots: file.snapshots.iter().map(|name| name.value.clone()).collect(),
            offers,
            scores: self.model_scores(file, known),
            links: self.links(file),
            competitors: competitors.into_iter().filter_map(|id| self.model(id, known)).collect(),
            unknowns: file
                .unknown
                .iter()
                .map(|unknown| UnknownFact { what: unknown.what.value.clone(), why: unknown.why.value.clone() })
                .collect(),
            description: parsed.description.map(|file| self.prose(file)),
            faq: parsed.faq.map(|file| self.prose(file)),
            provenance: self.defaults.clone(),
            origin: self.origin(file.name.span),
            status_origin: file.status.as_ref().map(|status| self.origin(status.span)),
            successor_origin: file.successor.as_ref().map(|successor| self.origin(successor.span)),
        }
    }

    /// Source, date and note of single facts.
    fn own_provenance(&mut self, file: &ModelFile) -> BTreeMap<String, Provenance> {
        let defaults = self.defaults.clone();
        let mut own = BTreeMap::new();
        for (key, value) in &file.provenance {
            if FACTS.contains(&key.value.as_str()) {
                let provenance =
                    self.provenance(value.source.as_ref(), value.as_of.as_ref(), value.note.as_ref(), &defaults);
                own.insert(key.value.clone(), provenance);
            } else {
                let help =
                    nearest(&key.value, FACTS).unwrap_or_else(|| format!("known facts: {}", suggest::list(FACTS)));
                self.error("unknown-key", format!("`{}` is not a fact", key.value), key.span, "unknown fact", help);
            }
        }
        own
    }

    fn own_offer(&self, prices: PriceList, provenance: Provenance, file: &ModelFile) -> Offer {
        Offer {
            provider: None,
            own: true,
            id_there: None,
            region: None,
            context_window: Fact::default(),
            max_output: Fact::default(),
            quantization: None,
            prices,
            provenance,
            origin: self.origin(file.name.span),
        }
    }

    fn modalities(
        &mut self,
        file: &ModelFile,
        own: &BTreeMap<String, Provenance>,
    ) -> (Fact<Vec<Modality>>, Fact<Vec<Modality>>) {
        let Some(modalities) = &file.modalities else { return Default::default() };
        let mut fact = |words: &[Located<String>]| {
            let mut known: Vec<Modality> = words
                .iter()
                .filter_map(|word| self.word("modalities", word, Modality::WORDS, Modality::parse))
                .collect();
            known.sort_unstable();
            known.dedup();
            let mut provenance = self.defaults.clone();
            apply(own, &mut provenance, "modalities");
            let origin = words.first().map(|word| self.origin(word.span));
            let state = if known.is_empty() { State::Unknown } else { State::Known(known) };
            Fact { state, provenance, origin }
        };
        (fact(&modalities.input), fact(&modalities.output))
    }

    fn reasoning(&mut self, file: &ModelFile) -> Option<Reasoning> {
        let reasoning = file.reasoning.as_ref()?;
        let mut efforts: Vec<Effort> = reasoning
            .efforts
            .iter()
            .filter_map(|word| self.word("efforts", word, Effort::WORDS, Effort::parse))
            .collect();
        efforts.sort_unstable();
        efforts.dedup();
        let default =
            reasoning.default.as_ref().and_then(|word| self.word("default", word, Effort::WORDS, Effort::parse));
        let origin = reasoning.efforts.iter().chain(&reasoning.default).next().map(|word| self.origin(word.span));
        Some(Reasoning { efforts, default, origin })
    }

    fn endpoint(&mut self, text: &Located<String>) -> Option<Endpoint> {
        let (method, path) = text.value.split_once(' ').unwrap_or_default();
        let known = matches!(method, "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "WSS");
        let clean = path.starts_with('/') && path.chars().all(|c| c.is_ascii_graphic() && !r#"<>"'\`"#.contains(c));
        if !known || !clean {
            let message = format!("`{}` is not an endpoint", text.value);
            let help = "write the method and the path, as in `POST /v1/chat/completions`".to_owned();
            self.error("invalid-endpoint", message, text.span, "not a method and a path", help);
            return None;
        }
        Some(Endpoint { method: method.to_owned(), path: path.to_owned() })
    }

    fn links(&mut self, file: &ModelFile) -> Vec<Link> {
        let mut links = Vec::new();
        for link in &file.link {
            let kind = self.word("kind", &link.kind, LinkKind::WORDS, LinkKind::parse);
            let url = self.url("url", Some(&link.url));
            let date = self.date_option("date", link.date.as_ref());
            let (Some(kind), Some(url)) = (kind, url) else { continue };
            let publisher = text(link.publisher.as_ref());
            links.push(Link { kind, title: link.title.value.clone(), url, publisher, date });
        }
        links
    }

    fn prose(&self, file: FileId) -> Prose {
        Prose { file, text: self.tree.get(file).text.clone() }
    }
}

fn apply(own: &BTreeMap<String, Provenance>, provenance: &mut Provenance, key: &str) {
    if let Some(own) = own.get(key) {
        provenance.clone_from(own);
    }
}

fn capabilities(file: &ModelFile) -> Vec<(&'static str, Ability)> {
    let given = &file.capabilities;
    let ability = |capability: &Option<Located<Capability>>| match capability.as_ref().map(|given| &given.value) {
        None => Ability::Unknown,
        Some(Capability::Flag(true)) => Ability::Yes(None),
        Some(Capability::Flag(false)) => Ability::No,
        Some(Capability::Words(words)) => Ability::Yes(Some(words.clone())),
    };
    vec![
        ("tool calling", ability(&given.tool_calling)),
        ("structured output", ability(&given.structured_output)),
        ("reasoning", ability(&given.reasoning)),
        ("vision", ability(&given.vision)),
        ("prompt caching", ability(&given.prompt_caching)),
        ("streaming", ability(&given.streaming)),
        ("web search", ability(&given.web_search)),
        ("computer use", ability(&given.computer_use)),
    ]
}

fn parameters(file: &ModelFile) -> Vec<RequestParameter> {
    file.api
        .parameter
        .iter()
        .map(|parameter| RequestParameter {
            name: parameter.name.value.clone(),
            accepts: parameter.accepts.value.clone(),
            default: text(parameter.default.as_ref()),
        })
        .collect()
}
