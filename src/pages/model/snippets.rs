//! How the model is called, in three languages. IDs and addresses are strangers' texts: each is quoted for the
//! language that it stands in.

mod texts;

use super::Card;
use crate::catalog::{Effort, Endpoint};

/// The section of snippets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Snippets {
    /// Path of the endpoint.
    pub path: String,
    /// Whether the base URL is the site's own or the developer's; without one a stand-in is used.
    pub stand_in: bool,
    /// One snippet a language.
    pub languages: Vec<Snippet>,
}

/// A snippet in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Snippet {
    /// Id of its tab.
    pub id: &'static str,
    /// Name of the language.
    pub language: &'static str,
    /// The text in pieces.
    pub pieces: Vec<Piece>,
}

/// A piece of a snippet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// The text.
    pub text: String,
    /// Whether it is what a reader changes when they change the model.
    pub strong: bool,
    /// Whether it is a comment.
    pub quiet: bool,
}

/// What an endpoint takes and gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Chat,
    Responses,
    Messages,
    Embeddings,
    Images,
    Transcription,
    Speech,
    Other,
}

impl Kind {
    const ALL: [(Self, &'static str); 7] = [
        (Self::Chat, "/chat/completions"),
        (Self::Responses, "/responses"),
        (Self::Messages, "/messages"),
        (Self::Embeddings, "/embeddings"),
        (Self::Images, "/images/generations"),
        (Self::Transcription, "/audio/transcriptions"),
        (Self::Speech, "/audio/speech"),
    ];

    fn of(path: &str) -> Self {
        Self::ALL.into_iter().find(|(_, end)| path.ends_with(end)).map_or(Self::Other, |(kind, _)| kind)
    }

    fn path_end(self) -> &'static str {
        Self::ALL.into_iter().find(|(kind, _)| *kind == self).map_or("", |(_, end)| end)
    }
}

/// What the snippets of one endpoint are made from.
struct Call<'a> {
    kind: Kind,
    method: &'a str,
    url: String,
    model: &'a str,
    key: &'a str,
    effort: Option<Effort>,
    prompt: &'static str,
}

pub(super) fn snippets(card: &Card<'_>) -> Option<Snippets> {
    let endpoint = card.model.endpoints.first()?;
    let gateway = card.cx.catalog.settings.api.as_ref();
    let base = card.base_url();
    let own_id = card.model.own_offer().and_then(|offer| offer.id_there.as_deref());
    let model = if gateway.is_some() { None } else { own_id }.unwrap_or(card.model.id.as_str());
    let kind = Kind::of(&endpoint.path);
    let call = Call {
        kind,
        method: &endpoint.method,
        url: address(base.as_deref().unwrap_or("https://api.example.com"), endpoint),
        model,
        key: gateway.map(|api| api.key_variable.as_str()).filter(|key| is_variable(key)).unwrap_or("API_KEY"),
        effort: card.model.reasoning.as_ref().and_then(|reasoning| {
            reasoning.default.or_else(|| reasoning.efforts.get(reasoning.efforts.len() / 2).copied())
        }),
        prompt: match kind {
            Kind::Images => "A lighthouse at dusk, in watercolour",
            Kind::Embeddings | Kind::Speech => "The sky is blue because air scatters blue light most.",
            _ if card.reasons() => "Is 2^61 - 1 prime? Show why.",
            _ => "Why is the sky blue? Answer in two sentences.",
        },
    };
    let languages = vec![
        Snippet { id: "curl", language: "curl", pieces: pieces(&call.curl()) },
        Snippet { id: "python", language: "Python", pieces: pieces(&call.python()) },
        Snippet { id: "javascript", language: "JavaScript", pieces: pieces(&call.javascript()) },
    ];
    Some(Snippets { path: endpoint.path.clone(), stand_in: base.is_none(), languages })
}

/// Base URL and path, with a version that stands in both only once.
fn address(base: &str, endpoint: &Endpoint) -> String {
    let path = endpoint.path.as_str();
    let version = path.split('/').nth(1).filter(|first| !first.is_empty()).map(|first| format!("/{first}"));
    match version {
        Some(version) if base.ends_with(&version) => format!("{}{path}", &base[..base.len() - version.len()]),
        _ => format!("{base}{path}"),
    }
}

fn is_variable(name: &str) -> bool {
    !name.starts_with(|c: char| c.is_ascii_digit())
        && !name.is_empty()
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// Marks what is strong and what is quiet in a snippet. They are no characters of any text: see [`quoted`].
const STRONG: char = '\u{1}';
const QUIET: char = '\u{2}';
const END: char = '\u{3}';

/// A string literal of JSON, which is one of Python and of JavaScript too. Whatever a reader could not see, or could
/// see in another place than it is, stands as an escape.
fn quoted(text: &str) -> String {
    let literal = serde_json::Value::from(text).to_string();
    let mut safe = String::with_capacity(literal.len());
    for c in literal.chars() {
        let unseen = c.is_control()
            || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
        if unseen {
            safe.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            safe.push(c);
        }
    }
    safe
}

/// A word of a shell command in single quotes.
fn shell(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// An address as a word of a shell command, plain where a shell takes it so.
fn shell_address(url: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._~/:%@+,=".contains(c);
    if url.chars().all(plain) { url.to_owned() } else { shell(url) }
}

fn strong(text: &str) -> String {
    format!("{STRONG}{text}{END}")
}

fn quiet(text: &str) -> String {
    format!("{QUIET}{text}{END}")
}

fn pieces(marked: &str) -> Vec<Piece> {
    let mut pieces = vec![Piece { text: String::new(), strong: false, quiet: false }];
    for c in marked.chars() {
        match c {
            STRONG | QUIET | END => {
                pieces.push(Piece { text: String::new(), strong: c == STRONG, quiet: c == QUIET });
            }
            c => {
                if let Some(piece) = pieces.last_mut() {
                    piece.text.push(c);
                }
            }
        }
    }
    pieces.retain(|piece| !piece.text.is_empty());
    pieces
}

#[cfg(test)]
mod tests {
    use super::super::tests::with;
    use super::*;

    fn texts(id: &str, endpoint: &str, more: &str) -> Vec<String> {
        let settings = "title = \"Cards\"\n[api]\nbase_url = \"https://api.example.com\"\nkey_variable = \"KEY\"";
        let model = format!("name = \"A\"\nid = {}\n{more}\n[api]\nendpoints = [\"{endpoint}\"]", quoted(id));
        let files = [("site.toml", settings), ("models/acme/a.toml", model.as_str())];
        let snippets = with(&files, id, |card, _| snippets(card)).unwrap();
        let text = |snippet: &Snippet| snippet.pieces.iter().map(|piece| piece.text.as_str()).collect();
        snippets.languages.iter().map(text).collect()
    }

    #[test]
    fn a_chat_call_reads_like_one_written_by_hand() {
        let reasoning = "[reasoning]\nefforts = [\"low\", \"medium\", \"high\"]";
        let texts = texts("acme/a", "POST /v1/chat/completions", reasoning);
        assert_eq!(
            texts[0],
            r#"curl https://api.example.com/v1/chat/completions \
  -H "Authorization: Bearer $KEY" \
  -H "Content-Type: application/json" \
  -d '{
    "model": "acme/a",
    "reasoning_effort": "medium",
    "messages": [
      {"role": "user", "content": "Is 2^61 - 1 prime? Show why."}
    ]
  }'"#
        );
        assert!(
            texts[1].contains("client = OpenAI(base_url=\"https://api.example.com/v1\", api_key=os.environ[\"KEY\"])")
        );
        assert!(texts[2].contains("baseURL: \"https://api.example.com/v1\", apiKey: process.env.KEY"));
    }

    #[test]
    fn hostile_ids_stay_inside_their_strings() {
        let id = "x'; rm -rf / #\"\\ $(id) `id` ${1}</code>";
        for endpoint in ["/v1/chat/completions", "/v1/responses", "/v1/messages", "/v1/embeddings", "/x"] {
            let texts = texts(id, &format!("POST {endpoint}"), "");
            let json = quoted(id);
            assert!(texts[0].contains(&json.replace('\'', r"'\''")), "{}", texts[0]);
            assert!(texts[1].contains(&json) && texts[2].contains(&json), "{texts:?}");
        }
        assert_eq!(quoted("a\u{202e}b\u{7f}\n"), r#""a\u202eb\u007f\n""#);
        // What the shell makes of the word is the text again.
        assert_eq!(shell("a'b"), r"'a'\''b'");
    }

    #[test]
    fn a_version_in_base_and_path_is_said_once() {
        let endpoint = |path: &str| Endpoint { method: "POST".into(), path: path.into() };
        assert_eq!(address("https://a.example/v1", &endpoint("/v1/messages")), "https://a.example/v1/messages");
        assert_eq!(address("https://a.example", &endpoint("/v1/messages")), "https://a.example/v1/messages");
        assert_eq!(address("https://a.example/x", &endpoint("/messages")), "https://a.example/x/messages");
    }

    #[test]
    fn every_kind_of_endpoint_has_its_own_call() {
        for (path, word) in [
            ("/v1/responses", "client.responses.create"),
            ("/v1/messages", "client.messages.create"),
            ("/v1/embeddings", "client.embeddings.create"),
            ("/v1/images/generations", "client.images.generate"),
            ("/v1/audio/transcriptions", "client.audio.transcriptions.create"),
            ("/v1/audio/speech", "client.audio.speech"),
            ("/v2/other", "requests.post"),
        ] {
            let texts = texts("acme/a", &format!("POST {path}"), "");
            assert!(texts[1].contains(word), "{path}: {}", texts[1]);
            assert!(texts.iter().all(|text| text.contains("acme/a")), "{path}");
        }
    }
}
