//! Questions and answers: one `## Question` after the other.

use std::collections::BTreeMap;

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use super::writer::{Anchors, Writer};
use super::{Place, Spanned, events, plain_text};
use crate::catalog::Prose;
use crate::diagnostic::Diagnostic;
use crate::files::Origin;
use crate::html::Html;
use crate::pages::AuthoredLink;

/// A list of questions.
#[derive(Debug, Clone, Default)]
pub struct Faq {
    /// The heading of the first level with which the text begins, as plain text.
    pub title: Option<String>,
    /// The questions in their order.
    pub questions: Vec<Question>,
    /// Links and images with their places.
    pub links: Vec<AuthoredLink>,
    /// What is wrong with the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// A question and its answer.
#[derive(Debug, Clone)]
pub struct Question {
    /// Id of the question in the page.
    pub id: String,
    /// The question.
    pub question: Html,
    /// The question without markup.
    pub question_text: String,
    /// The answer.
    pub answer: Html,
    /// The answer without markup.
    pub answer_text: String,
}

/// Reads questions and answers.
#[must_use]
pub fn faq(prose: &Prose, place: &Place<'_>) -> Faq {
    let events = match events(prose.file, &prose.text) {
        Ok(events) => events,
        Err(failure) => return Faq { diagnostics: vec![*failure], ..Faq::default() },
    };
    let anchors = Anchors::of(&events, place.prefix, |level| level == HeadingLevel::H2);
    let mut faq = Faq::default();
    let (title, before, entries) = split(&events);
    faq.title = Some(plain_text(title)).filter(|title| !title.is_empty());
    if let Some((_, range)) = before.first() {
        let origin = Origin { file: prose.file, span: range.clone().into() };
        let diagnostic = Diagnostic::error("faq-without-question", "a text stands before the first question")
            .at(origin, "this belongs to no question")
            .help("begin each entry with a line `## Question`");
        faq.diagnostics.push(diagnostic);
    }
    if before.is_empty() && entries.is_empty() {
        let end = prose.text.find('\n').unwrap_or(prose.text.len());
        let origin = Origin { file: prose.file, span: (0..end).into() };
        let diagnostic = Diagnostic::error("faq-without-question", "the FAQ has no question")
            .at(origin, "")
            .help("write a line `## Question` with its answer below, or remove the file");
        faq.diagnostics.push(diagnostic);
    }
    let mut asked: BTreeMap<String, Origin> = BTreeMap::new();
    for (question, answer) in entries {
        let Some((_, range)) = question.first() else { continue };
        let origin = Origin { file: prose.file, span: range.clone().into() };
        // A question stands in a summary, where a heading and a link have no place.
        let inner = question.get(1..question.len() - 1).unwrap_or_default();
        let question_text = plain_text(inner);
        let answer_text = plain_text(answer);
        if question_text.is_empty() {
            faq.diagnostics.push(Diagnostic::error("faq-without-question", "a question without words").at(origin, ""));
            continue;
        }
        if let Some(first) = asked.get(&question_text.to_lowercase()) {
            let message = format!("the question `{question_text}` is asked twice");
            let diagnostic = Diagnostic::error("duplicate-fact", message)
                .at(origin, "asked again here")
                .at(*first, "first asked here")
                .help("keep one of the two");
            faq.diagnostics.push(diagnostic);
            continue;
        }
        asked.insert(question_text.to_lowercase(), origin);
        if answer_text.is_empty() {
            let message = format!("the question `{question_text}` has no answer");
            faq.diagnostics.push(Diagnostic::error("faq-without-answer", message).at(origin, ""));
            continue;
        }
        let mut head = Writer::new(prose.file, place, &anchors).without_links();
        head.write_all(inner);
        let mut body = Writer::new(prose.file, place, &anchors);
        body.write_all(answer);
        faq.questions.push(Question {
            id: anchors.id_at(range.start).unwrap_or_default().to_owned(),
            question: Html::new(head.html),
            question_text,
            answer: Html::new(body.html),
            answer_text,
        });
        for part in [head.links, body.links] {
            faq.links.extend(part);
        }
        for part in [head.diagnostics, body.diagnostics] {
            faq.diagnostics.extend(part);
        }
    }
    faq
}

type Entry<'e, 'a> = (&'e [Spanned<'a>], &'e [Spanned<'a>]);

/// The title before all, what else stands before the first question, then each question's heading with its answer.
fn split<'e, 'a>(events: &'e [Spanned<'a>]) -> (&'e [Spanned<'a>], &'e [Spanned<'a>], Vec<Entry<'e, 'a>>) {
    let mut starts = Vec::new();
    let mut depth = 0usize;
    for (index, (event, _)) in events.iter().enumerate() {
        match event {
            Event::Start(tag) => {
                if depth == 0 && matches!(tag, Tag::Heading { level: HeadingLevel::H2, .. }) {
                    starts.push(index);
                }
                depth += 1;
            }
            Event::End(_) => depth -= 1,
            _ => {}
        }
    }
    let heading_end = |from: usize| {
        let length = events[from..].iter().position(|(event, _)| matches!(event, Event::End(TagEnd::Heading(_))));
        from + length.map_or(0, |length| length + 1)
    };
    let before = &events[..starts.first().copied().unwrap_or(events.len())];
    let titled = matches!(before.first(), Some((Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }), _)));
    let (title, before) = before.split_at(if titled { heading_end(0).min(before.len()) } else { 0 });
    let ends = starts.iter().skip(1).copied().chain([events.len()]);
    let entries = starts
        .iter()
        .zip(ends)
        .map(|(start, end)| {
            let middle = heading_end(*start);
            (&events[*start..middle], &events[middle..end])
        })
        .collect();
    (title, before, entries)
}
