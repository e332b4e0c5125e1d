//! Made-up catalogues of any size: each model as rich as a complete card, the same files for the same seed.

use std::fmt::Write as _;

/// A file of the site: its path below the root and its text.
pub(crate) type File = (String, String);

const DEVELOPERS: usize = 24;
const PROVIDERS: usize = 20;
const OFFERS_PER_MODEL: usize = 3;
const BENCHMARKS: usize = 14;
const CATEGORIES: [&str; 4] = ["Indices", "Knowledge and reasoning", "Coding and engineering", "Mathematics"];

/// A catalogue of so many models.
pub(crate) fn catalogue(models: usize, seed: u64) -> Vec<File> {
    let mut dice = Dice(seed | 1);
    let mut files = vec![("content/site.toml".to_owned(), site())];
    files.extend((0..DEVELOPERS).map(|n| {
        let text = format!("name = \"Maker {n}\"\nurl = \"https://maker-{n}.example/\"\ncountry = \"Utopia\"\n");
        (format!("content/developers/{}.toml", developer(n)), text)
    }));
    files.extend((0..BENCHMARKS).map(|n| (format!("content/benchmarks/{}.toml", benchmark(n)), benchmark_file(n))));
    let mut providers: Vec<String> = (0..PROVIDERS).map(provider_head).collect();
    for n in 0..models {
        let price = Price::rolled(&mut dice);
        files.push((model_path(n), model(n, models, price, &mut dice)));
        files.push((format!("content/models/{}/{}.faq.md", developer(n % DEVELOPERS), stem(n)), faq(n, &mut dice)));
        for offer in 0..OFFERS_PER_MODEL {
            let dearer = Price { input: price.input + offer as u64 * 5, ..price };
            let provider = &mut providers[(n * 7 + offer * 3) % PROVIDERS];
            let _ = write!(
                provider,
                "\n[[offer]]\nmodel = \"{}\"\nid = \"{}\"\n\n[offer.price]\ninput = {}\noutput = {}\n",
                model_id(n),
                stem(n),
                money(dearer.input),
                money(dearer.output)
            );
        }
    }
    let named = providers.into_iter().enumerate();
    files.extend(named.map(|(n, text)| (format!("content/providers/provider-{n}.toml"), text)));
    files
}

/// Where the facts of a model stand.
pub(crate) fn model_path(n: usize) -> String {
    format!("content/models/{}/{}.toml", developer(n % DEVELOPERS), stem(n))
}

/// A model's file after a small edit: its input price is another by a few thousandths of a dollar.
pub(crate) fn with_another_price(text: &str) -> String {
    with_price(text, |digits| {
        let (firsts, last) = digits.split_at(digits.len() - 1);
        format!("{firsts}{}", if last == "9" { "8" } else { "9" })
    })
}

/// A model's file with the input price that this makes of the one that it has.
pub(crate) fn with_price(text: &str, edit: impl FnOnce(&str) -> String) -> String {
    let (before, after) = text.split_once("[price]\ninput = ").expect("a model has a price");
    let (digits, rest) = after.split_at(after.find('\n').expect("a line ends"));
    format!("{before}[price]\ninput = {}{rest}", edit(digits))
}

fn developer(n: usize) -> String {
    format!("maker-{n}")
}

fn stem(n: usize) -> String {
    format!("opus-{n}-preview")
}

fn model_id(n: usize) -> String {
    format!("{}/{}", developer(n % DEVELOPERS), stem(n))
}

fn benchmark(n: usize) -> String {
    format!("bench-{n}")
}

/// Prices in thousandths of a dollar per 1M tokens.
#[derive(Clone, Copy)]
struct Price {
    input: u64,
    output: u64,
}

impl Price {
    fn rolled(dice: &mut Dice) -> Self {
        let input = 20 + dice.below(5_000);
        Self { input, output: input * (2 + dice.below(6)) }
    }
}

fn money(thousandths: u64) -> String {
    format!("{}.{:03}", thousandths / 1_000, thousandths % 1_000)
}

fn site() -> String {
    let categories = CATEGORIES.map(|name| format!("\"{name}\"")).join(", ");
    format!(
        "title = \"Made-up models\"\ntagline = \"as many as you like\"\n\
         description = \"A catalogue to measure the program by.\"\nbase_url = \"https://example.org/models/\"\n\
         report_url = \"https://example.org/issues/new?title={{id}}\"\n\
         headline = [\"{}\", \"{}\"]\ncategories = [{categories}]\n\n\
         [api]\nbase_url = \"https://api.example.com\"\n\n\
         [sources.list]\ntitle = \"Models and prices\"\npublisher = \"Nobody\"\nurl = \"https://example.org/list\"\n\
         checked = 2026-05-01\n",
        benchmark(0),
        benchmark(1)
    )
}

fn benchmark_file(n: usize) -> String {
    format!(
        "name = \"Benchmark {n}\"\nmeasures = \"How well a model does what number {n} asks\"\n\
         category = \"{}\"\nmetric = \"accuracy\"\nunit = \"%\"\nscale = {{ min = 0, max = 100 }}\n\
         url = \"https://bench-{n}.example/\"\n",
        CATEGORIES[if n < 2 { 0 } else { 1 + n % (CATEGORIES.len() - 1) }]
    )
}

fn provider_head(n: usize) -> String {
    format!(
        "name = \"Provider {n}\"\nurl = \"https://provider-{n}.example/\"\n\
         base_url = \"https://api.provider-{n}.example/v1\"\nsource = \"list\"\nas_of = 2026-05-01\n\n\
         [data_policy]\nretention = \"30 days\"\ntrains_on_data = false\n"
    )
}

fn model(n: usize, models: usize, price: Price, dice: &mut Dice) -> String {
    let mut text = format!("name = \"Opus {n}\"\nsummary = \"{}\"\nfamily = \"Opus {}\"\n", dice.words(32), n % 40);
    // A successor has a higher number, so that there is no circle.
    let later = n + 1 + dice.below(40) as usize;
    if n % 10 == 3 && later < models {
        let _ = write!(text, "status = \"deprecated\"\nsuccessor = \"{}\"\n", model_id(later));
        if n % 20 == 3 {
            text.push_str("retired = 2026-12-31\n");
        }
    }
    let (year, month, day) = (2023 + dice.below(3), 1 + dice.below(12), 1 + dice.below(28));
    let window = 32_000 << dice.below(5);
    let (reasons, sees) = (!n.is_multiple_of(4), !n.is_multiple_of(5));
    let takes = if sees { "\"text\", \"image\"" } else { "\"text\"" };
    let efforts =
        if reasons { "[reasoning]\nefforts = [\"low\", \"medium\", \"high\"]\ndefault = \"medium\"\n\n" } else { "" };
    let _ = write!(
        text,
        "announced = {year}-{month:02}-{day:02}\nreleased = {year}-{month:02}-{day:02}\n\
         knowledge_cutoff = \"{}-{month:02}\"\ncontext_window = {window}\nmax_output = {}\n\
         modalities = {{ input = [{takes}], output = [\"text\"] }}\nweights = \"{}\"\n\
         snapshots = [\"{}-{year}{month:02}{day:02}\"]\nsource = \"list\"\nas_of = 2026-05-01\n\n\
         {efforts}\
         [capabilities]\ntool_calling = \"several calls at once\"\nstructured_output = \"JSON Schema\"\n\
         reasoning = {reasons}\nvision = {sees}\nprompt_caching = true\nstreaming = true\n\n\
         [api]\nendpoints = [\"POST /v1/chat/completions\", \"POST /v1/responses\"]\n",
        year - 1,
        window / 4,
        if n.is_multiple_of(3) { "open" } else { "closed" },
        stem(n)
    );
    for parameter in ["reasoning_effort", "max_completion_tokens", "response_format", "tools", "seed"] {
        let accepts = dice.words(4);
        let _ = write!(text, "\n[[api.parameter]]\nname = \"{parameter}\"\naccepts = \"{accepts}\"\n");
    }
    let had_others = n % 6 == 1;
    for (table, half) in [("price", 1), ("price.batch", 2)] {
        let (input, output) = (price.input / half, price.output / half);
        let from = if had_others && half == 1 { "from = 2026-02-01\n" } else { "" };
        let _ = write!(
            text,
            "\n[{table}]\ninput = {}\noutput = {}\ncache_read = {}\n{from}",
            money(input),
            money(output),
            money(input / 10)
        );
    }
    if had_others {
        for (component, amount) in [("input", price.input * 2), ("output", price.output * 2)] {
            let _ = write!(
                text,
                "\n[[price.row]]\ncomponent = \"{component}\"\namount = {}\nfrom = 2025-06-01\nuntil = 2026-01-31\n",
                money(amount)
            );
        }
    }
    text.push_str("\n[scores_from]\nmeasured = \"independent\"\nvariant = \"medium\"\n\n[scores]\n");
    for bench in 0..BENCHMARKS {
        let _ = writeln!(text, "{} = {}.{}", benchmark(bench), 1 + dice.below(98), dice.below(10));
    }
    for (kind, host) in [("announcement", "blog"), ("video", "video"), ("discussion", "talk"), ("paper", "papers")] {
        let _ = write!(
            text,
            "\n[[link]]\nkind = \"{kind}\"\ntitle = \"{}\"\nurl = \"https://{host}.example/{n}\"\npublisher = \"Nobody\"\n",
            dice.words(6)
        );
    }
    for what in ["Number of parameters", "Training data"] {
        let _ = write!(text, "\n[[unknown]]\nwhat = \"{what}\"\nwhy = \"{}.\"\n", dice.words(12));
    }
    text
}

fn faq(n: usize, dice: &mut Dice) -> String {
    let questions =
        ["What is Opus", "What is it best for, Opus", "What is the strength of Opus", "When not to use Opus"];
    questions.map(|question| format!("## {question} {n}?\n\n{}.\n\n", dice.words(45))).concat()
}

/// A xorshift generator: the same numbers everywhere.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: u64) -> u64 {
        (self.next() >> 11) % end
    }

    fn words(&mut self, count: usize) -> String {
        const WORDS: [&str; 24] = [
            "a",
            "model",
            "that",
            "reasons",
            "before",
            "it",
            "answers",
            "and",
            "reads",
            "long",
            "documents",
            "with",
            "code",
            "of",
            "many",
            "languages",
            "at",
            "low",
            "cost",
            "for",
            "teams",
            "who",
            "need",
            "speed",
        ];
        (0..count).map(|_| WORDS[self.below(WORDS.len() as u64) as usize]).collect::<Vec<_>>().join(" ")
    }
}
