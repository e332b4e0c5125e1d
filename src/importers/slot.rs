//! A place in a content file that holds one value: what is planned, written, remembered and compared.

use std::fmt;

use super::price::{Component, Conditions, ServiceTier, Unit};

/// Which offer of a provider's file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OfferKey {
    /// ID of the model in this catalogue.
    pub model: String,
    /// What the provider calls it.
    pub id: String,
}

/// Which price of a model or offer. Its days are not part of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PriceKey {
    /// What is paid for.
    pub component: Component,
    /// What the amount is per.
    pub unit: Unit,
    /// When it holds.
    pub conditions: Conditions,
}

impl PriceKey {
    /// The same price, the usual service tier told by its absence.
    #[must_use]
    pub fn standard(mut self) -> Self {
        self.conditions.service_tier = self.conditions.service_tier.filter(|tier| *tier != ServiceTier::Standard);
        self
    }
}

/// A place in a content file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slot {
    /// A key of the file, by the keys that lead to it.
    Key(Vec<String>),
    /// A key of an offer.
    Offer(OfferKey, String),
    /// A price: of the model whose file it is, or of an offer.
    Price(Option<OfferKey>, PriceKey),
    /// A whole row of a list, by what tells it from the others.
    Row(&'static str, Vec<String>),
}

/// The lists whose rows are places, with the keys that tell their rows apart.
pub const LISTS: [(&str, &[&str]); 2] =
    [("score", &["benchmark", "version", "harness", "variant", "metric", "measured"]), ("link", &["url"])];

impl Slot {
    /// The key of a file with points between the names of tables, as in `limit.context`. Names hold no points.
    #[must_use]
    pub fn key(path: &str) -> Self {
        Self::Key(path.split('.').map(str::to_owned).collect())
    }

    /// The offer that it is a part of.
    #[must_use]
    pub fn offer(&self) -> Option<&OfferKey> {
        match self {
            Self::Offer(offer, _) | Self::Price(Some(offer), _) => Some(offer),
            _ => None,
        }
    }

    /// The parts by which a file remembers it. Read by [`Slot::of_parts`].
    #[must_use]
    pub fn parts(&self) -> Vec<String> {
        let owned = |parts: &[&str]| parts.iter().map(|part| (*part).to_owned()).collect::<Vec<_>>();
        match self {
            Self::Key(path) => [owned(&["key"]), path.clone()].concat(),
            Self::Offer(offer, key) => owned(&["offer", &offer.model, &offer.id, key]),
            Self::Row(list, identity) => [owned(&["row", list]), identity.clone()].concat(),
            Self::Price(offer, key) => {
                let (model, id) = offer.as_ref().map_or(("", ""), |offer| (&offer.model, &offer.id));
                let conditions = &key.conditions;
                let above = conditions.above.map_or_else(String::new, |above| above.to_string());
                let text = |text: &Option<String>| text.clone().unwrap_or_default();
                let mut parts = owned(&["price", model, id, key.component.word(), key.unit.word()]);
                parts.extend([
                    above,
                    conditions.service_tier.map_or_else(String::new, |tier| tier.word().to_owned()),
                    text(&conditions.modality),
                    text(&conditions.cache_ttl),
                    text(&conditions.region),
                    text(&conditions.hours),
                    text(&conditions.quality),
                ]);
                while parts.last().is_some_and(String::is_empty) {
                    parts.pop();
                }
                parts
            }
        }
    }

    /// The place that these parts name.
    #[must_use]
    pub fn of_parts(parts: &[String]) -> Option<Self> {
        let (kind, rest) = parts.split_first()?;
        match (kind.as_str(), rest) {
            ("key", path) if !path.is_empty() => Some(Self::Key(path.to_vec())),
            ("offer", [model, id, key]) => {
                Some(Self::Offer(OfferKey { model: model.clone(), id: id.clone() }, key.clone()))
            }
            ("row", [list, identity @ ..]) => {
                let (list, keys) = LISTS.into_iter().find(|(name, _)| name == list)?;
                (identity.len() == keys.len()).then(|| Self::Row(list, identity.to_vec()))
            }
            ("price", [model, id, component, unit, conditions @ ..]) => {
                let text = |at: usize| conditions.get(at).filter(|text| !text.is_empty()).cloned();
                let above = text(0).map(|above| above.parse()).transpose().ok()?;
                let conditions = Conditions {
                    above,
                    service_tier: text(1).and_then(|word| ServiceTier::of(&word)),
                    modality: text(2),
                    cache_ttl: text(3),
                    region: text(4),
                    hours: text(5),
                    quality: text(6),
                };
                let offer = (!model.is_empty()).then(|| OfferKey { model: model.clone(), id: id.clone() });
                let (component, unit) = (Component::of(component)?, Unit::of(unit)?);
                Some(Self::Price(offer, PriceKey { component, unit, conditions }))
            }
            _ => None,
        }
    }
}

impl fmt::Display for PriceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.component.word())?;
        if self.unit != Unit::MillionTokens {
            write!(f, " per {}", self.unit.word())?;
        }
        let conditions = &self.conditions;
        if let Some(above) = conditions.above {
            write!(f, ", above {above} tokens")?;
        }
        if let Some(tier) = conditions.service_tier {
            write!(f, ", {}", tier.word())?;
        }
        let texts =
            [&conditions.modality, &conditions.cache_ttl, &conditions.region, &conditions.hours, &conditions.quality];
        texts.into_iter().flatten().try_for_each(|text| write!(f, ", {text}"))
    }
}

impl fmt::Display for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(path) => f.write_str(&path.join(".")),
            Self::Offer(offer, key) => write!(f, "offer of {} as {}: {key}", offer.model, offer.id),
            Self::Price(None, price) => write!(f, "price of {price}"),
            Self::Price(Some(offer), price) => write!(f, "offer of {} as {}: price of {price}", offer.model, offer.id),
            Self::Row(list, identity) => {
                let words: Vec<&str> = identity.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
                write!(f, "{list} {}", words.join(", "))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_and_back() {
        let offer = OfferKey { model: "a/b".to_owned(), id: "b:free".to_owned() };
        let conditions =
            Conditions { above: Some(200_000), quality: Some("fast mode".to_owned()), ..Conditions::default() };
        let price = PriceKey { component: Component::CacheRead, unit: Unit::Image, conditions };
        let slots = [
            Slot::key("limit.context"),
            Slot::Offer(offer.clone(), "id".to_owned()),
            Slot::Price(Some(offer), price.clone()),
            Slot::Price(None, PriceKey { conditions: Conditions::default(), ..price }),
            Slot::Row("link", vec!["https://example.com/".to_owned()]),
        ];
        for slot in slots {
            assert_eq!(Slot::of_parts(&slot.parts()), Some(slot));
        }
        assert_eq!(Slot::of_parts(&["row".to_owned(), "score".to_owned()]), None);
    }
}
