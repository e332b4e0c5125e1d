//! What one gets for one's money: models by price and by a value, and which of them nothing beats.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::{Benchmark, Catalog, Direction, Measure, ModelIndex, Rankings, Status};

/// A model with its price and what it gives for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Priced {
    /// The model.
    pub model: ModelIndex,
    /// Its blended price in US dollars per 1M tokens.
    pub price: Decimal,
    /// What it gives.
    pub value: Decimal,
    /// Whether nothing beats it: whatever is as good costs more, and whatever costs as little is worse, but for its equals.
    pub on_frontier: bool,
}

/// Models that can be had, by price and by one value.
#[derive(Debug, Clone, Default)]
pub struct Market {
    /// Cheapest first, and of one price the best first.
    priced: Vec<Priced>,
    /// The places of those that nothing beats.
    frontier: Vec<usize>,
    /// Which values are better.
    pub direction: Direction,
    /// Models with a value that are not in it since they are retired.
    pub retired: usize,
    /// Models with a value that are not in it since no blended price in US dollars is known.
    pub without_price: usize,
}

/// Into so many steps of equal ratio prices are cut, so that what is drawn is spread over all of them.
const STEPS: f64 = 40.0;

impl Market {
    /// The market of the models that are ranked on a benchmark, out of its results: each is a model with the number of its
    /// score, and those of one model stand side by side. The prices are those of all models by their indices.
    pub(super) fn of_benchmark(
        catalog: &Catalog,
        rankings: &Rankings,
        benchmark: &Benchmark,
        results: &[(ModelIndex, usize)],
        prices: &[Option<Decimal>],
    ) -> Self {
        let ranking = rankings.get(&Measure::Benchmark(benchmark.id.clone()));
        let ranked = results.chunk_by(|a, b| a.0 == b.0).filter_map(|of_model| {
            let scores = of_model.iter().map(|(model, at)| &catalog.model(*model).scores[*at]);
            Some((of_model[0].0, ranking?.best_of(scores)?.value.0))
        });
        Self::new(catalog, ranked, benchmark.direction, prices)
    }

    /// The market of context windows.
    pub(super) fn of_context_windows(catalog: &Catalog, prices: &[Option<Decimal>]) -> Self {
        let models = catalog.indexed_models();
        let known = models.filter_map(|(index, model)| Some((index, model.context_window.known()?.0.into())));
        Self::new(catalog, known, Direction::Higher, prices)
    }

    fn new(
        catalog: &Catalog,
        valued: impl Iterator<Item = (ModelIndex, Decimal)>,
        direction: Direction,
        prices: &[Option<Decimal>],
    ) -> Self {
        let mut market = Self { direction, ..Self::default() };
        for (model, value) in valued {
            match (catalog.model(model).status, prices[model.0 as usize]) {
                (Status::Retired, _) => market.retired += 1,
                (_, None) => market.without_price += 1,
                (_, Some(price)) => market.priced.push(Priced { model, price, value, on_frontier: false }),
            }
        }
        market.find_frontier();
        market
    }

    /// Sorts, and marks what nothing beats: what is better than everything that costs less, and as good as the best of its
    /// own price.
    fn find_frontier(&mut self) {
        let direction = self.direction;
        self.priced.sort_by(|a, b| {
            let by_value = || direction.order(&a.value, &b.value);
            a.price.cmp(&b.price).then_with(by_value).then_with(|| a.model.cmp(&b.model))
        });
        let mut best: Option<(Decimal, Decimal)> = None;
        for priced in &mut self.priced {
            let better = best.is_none_or(|(_, value)| direction.is_better(&priced.value, &value));
            priced.on_frontier = better || best == Some((priced.price, priced.value));
            if better {
                best = Some((priced.price, priced.value));
            }
        }
        self.frontier = (0..self.priced.len()).filter(|at| self.priced[*at].on_frontier).collect();
    }

    /// Every model, cheapest first, and of one price the best first.
    #[must_use]
    pub fn all(&self) -> &[Priced] {
        &self.priced
    }

    /// Those that nothing beats, cheapest first.
    pub fn frontier(&self) -> impl ExactSizeIterator<Item = &Priced> {
        self.frontier.iter().map(|at| &self.priced[*at])
    }

    /// The best that one gets for no more money than a model costs: on the frontier, and of equals the first. `None` when
    /// it is on the frontier itself.
    #[must_use]
    pub fn better_than(&self, priced: &Priced) -> Option<&Priced> {
        if priced.on_frontier {
            return None;
        }
        let affordable = self.frontier.partition_point(|at| self.priced[*at].price <= priced.price);
        let best = &self.priced[*self.frontier.get(affordable.checked_sub(1)?)?];
        let first = self.frontier.partition_point(|at| self.priced[*at].price < best.price);
        Some(&self.priced[self.frontier[first]])
    }

    /// At most so many, cheapest first: the frontier, and then from each step of price the best, the second best and so on.
    /// A frontier that alone is longer is told by models at equal distances along it.
    #[must_use]
    pub fn drawn(&self, most: usize) -> Vec<&Priced> {
        if self.priced.len() <= most {
            return self.priced.iter().collect();
        }
        let last = self.frontier.len() - 1;
        let mut drawn: Vec<usize> = if self.frontier.len() <= most {
            self.frontier.clone()
        } else {
            (0..most).map(|at| self.frontier[at * last / most.saturating_sub(1).max(1)]).collect()
        };
        let others = (0..self.priced.len()).filter(|at| !self.priced[*at].on_frontier);
        let steps = self.steps();
        let mut others: Vec<(usize, usize)> = others.map(|at| (steps(self.priced[at].price), at)).collect();
        // Within a step the best come first; of equals the cheaper, which stands before.
        others.sort_by(|(a_step, a), (b_step, b)| {
            let by_value = self.direction.order(&self.priced[*a].value, &self.priced[*b].value);
            a_step.cmp(b_step).then(by_value).then(a.cmp(b))
        });
        let mut place = 0;
        let mut last_step = None;
        let mut places: Vec<(usize, usize)> = Vec::with_capacity(others.len());
        for (step, at) in others {
            place = if last_step == Some(step) { place + 1 } else { 0 };
            last_step = Some(step);
            places.push((place, at));
        }
        places.sort_unstable();
        let room = most.saturating_sub(drawn.len());
        drawn.extend(places.into_iter().take(room).map(|(_, at)| at));
        drawn.sort_unstable();
        drawn.into_iter().map(|at| &self.priced[at]).collect()
    }

    /// In which step a price lies. What costs nothing has one of its own.
    fn steps(&self) -> impl Fn(Decimal) -> usize + use<> {
        let log = |price: Decimal| price.to_f64().filter(|price| *price > 0.0).map(f64::log10);
        let low = self.priced.iter().find_map(|priced| log(priced.price)).unwrap_or(0.0);
        let high = self.priced.last().and_then(|priced| log(priced.price)).unwrap_or(0.0).max(low + f64::EPSILON);
        move |price| log(price).map_or(0, |price| 1 + ((price - low) / (high - low) * (STEPS - 1.0)).round() as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Listings;

    /// A market of these prices and values.
    fn market(pairs: &[(i64, i64)], lower: bool) -> Market {
        let direction = if lower { Direction::Lower } else { Direction::Higher };
        let priced = (0..).zip(pairs).map(|(at, (price, value))| Priced {
            model: ModelIndex(at),
            price: (*price).into(),
            value: (*value).into(),
            on_frontier: false,
        });
        let mut market = Market { priced: priced.collect(), direction, ..Market::default() };
        market.find_frontier();
        market
    }

    fn frontier(pairs: &[(i64, i64)], lower: bool) -> Vec<String> {
        market(pairs, lower).frontier().map(|priced| format!("{} {}", priced.price, priced.value)).collect()
    }

    #[test]
    fn on_the_frontier_is_what_nothing_beats() {
        assert_eq!(frontier(&[], false), [""; 0]);
        assert_eq!(frontier(&[(3, 5)], false), ["3 5"]);
        assert_eq!(frontier(&[(3, 5), (1, 2), (2, 1), (4, 5), (5, 9)], false), ["1 2", "3 5", "5 9"]);
        assert_eq!(frontier(&[(3, 5), (1, 2), (2, 1), (4, 5), (5, 9)], true), ["1 2", "2 1"]);
        // Of one price the best alone, and equals together.
        assert_eq!(frontier(&[(1, 2), (1, 3), (1, 3), (2, 3)], false), ["1 3", "1 3"]);
        assert_eq!(frontier(&[(0, 1), (0, 1), (0, 0)], false), ["0 1", "0 1"]);
    }

    /// A generator of numbers that are the same in every run.
    struct Dice(u64);

    impl Dice {
        fn below(&mut self, end: u64) -> i64 {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            i64::try_from(self.0 % end).unwrap()
        }
    }

    #[test]
    fn the_frontier_is_by_definition_what_no_other_model_dominates() {
        let mut dice = Dice(7);
        for round in 0..60 {
            let lower = round % 2 == 0;
            let pairs: Vec<(i64, i64)> = (0..round).map(|_| (dice.below(12), dice.below(12))).collect();
            let market = market(&pairs, lower);
            let sign = if lower { -1 } else { 1 };
            for priced in market.all() {
                let beats = |other: &Priced| {
                    let (gain, saved) =
                        ((other.value - priced.value) * Decimal::from(sign), priced.price - other.price);
                    gain >= 0.into() && saved >= 0.into() && (gain > 0.into() || saved > 0.into())
                };
                assert_eq!(priced.on_frontier, !market.all().iter().any(beats), "{pairs:?} {priced:?}");
                match market.better_than(priced) {
                    Some(better) => assert!(beats(better) && better.on_frontier),
                    None => assert!(priced.on_frontier),
                }
            }
        }
    }

    #[test]
    fn what_is_drawn_is_bounded_has_the_frontier_and_is_spread_over_the_prices() {
        let mut dice = Dice(3);
        let pairs: Vec<(i64, i64)> = (0..3_000).map(|_| (dice.below(10_000), dice.below(1_000))).collect();
        let market = market(&pairs, false);
        let drawn = market.drawn(200);
        assert_eq!(drawn.len(), 200);
        assert!(market.frontier().all(|priced| drawn.contains(&priced)));
        assert!(drawn.windows(2).all(|pair| pair[0].price <= pair[1].price));
        // Prices are many above 1,000 and few below 100: of these all but those that are worst are drawn.
        assert!(drawn.iter().filter(|priced| priced.price < 1_000.into()).count() > 60);
        assert_eq!(market.drawn(3_000).len(), 3_000);
    }

    #[test]
    fn a_frontier_without_end_is_told_by_models_along_it() {
        let pairs: Vec<(i64, i64)> = (0..1_000).map(|at| (at, at)).collect();
        let market = market(&pairs, false);
        let drawn = market.drawn(200);
        assert_eq!(drawn.len(), 200);
        let ends = [drawn.first(), drawn.last()].map(|priced| priced.map(|priced| priced.price));
        assert_eq!(ends, [Some(0.into()), Some(999.into())]);
    }

    #[test]
    fn retired_models_and_models_without_a_price_are_counted_and_left_out() {
        let catalog = crate::catalog::resolve::example::catalog(&[
            ("models/acme/a.toml", "name = \"A\"\ncontext_window = 1_000\n[price]\ninput = 1\noutput = 3"),
            ("models/acme/b.toml", "name = \"B\"\ncontext_window = 2_000"),
            (
                "models/acme/c.toml",
                "name = \"C\"\ncontext_window = 9\nstatus = \"retired\"\n[price]\ninput = 1\noutput = 2",
            ),
            ("models/acme/d.toml", "name = \"D\"\n[price]\ninput = 1\noutput = 2"),
        ]);
        let listings = Listings::default();
        let market = listings.contexts(&catalog, crate::catalog::resolve::example::today());
        let all: Vec<_> =
            market.all().iter().map(|priced| (priced.price.to_string(), priced.value.to_string())).collect();
        assert_eq!(all, [("1.5".to_owned(), "1000".to_owned())]);
        assert_eq!((market.retired, market.without_price), (1, 1));
    }
}
