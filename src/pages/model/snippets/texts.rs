//! The snippets themselves: for each language, the call of each kind of endpoint.

use super::{Call, Kind, quiet, quoted, shell, shell_address, strong};

impl Call<'_> {
    pub(super) fn curl(&self) -> String {
        let address = self.marked_address();
        let key = match self.kind {
            Kind::Messages => {
                format!("  -H \"x-api-key: ${}\" \\\n  -H \"anthropic-version: 2023-06-01\" \\\n", self.key)
            }
            _ => format!("  -H \"Authorization: Bearer ${}\" \\\n", self.key),
        };
        let method = if self.method == "POST" { String::new() } else { format!("-X {} ", shell(self.method)) };
        if self.kind == Kind::Transcription {
            let model = shell(&format!("model={}", self.model));
            return format!("curl {address} \\\n{key}  -F file=@speech.mp3 \\\n  --form-string {}", strong(&model));
        }
        let lines: Vec<String> =
            self.json_fields().into_iter().map(|(name, value)| format!("\"{name}\": {value}")).collect();
        let body = format!("{{\n    {}\n  }}", lines.join(",\n    ")).replace('\'', r"'\''");
        let output = if self.kind == Kind::Speech { " \\\n  --output speech.mp3" } else { "" };
        format!("curl {method}{address} \\\n{key}  -H \"Content-Type: application/json\" \\\n  -d '{body}'{output}")
    }

    pub(super) fn python(&self) -> String {
        let model = self.model_literal();
        let prompt = quoted(self.prompt);
        let effort = self.effort.map(|effort| quoted(effort.word()));
        match self.kind {
            Kind::Messages => {
                let client = self.python_client("anthropic", "Anthropic", "/v1/messages");
                format!(
                    "{client}answer = client.messages.create(\n    model={model},\n    max_tokens=1024,\n    \
                     messages=[{{\"role\": \"user\", \"content\": {prompt}}}],\n)\nprint(answer.content[0].text)"
                )
            }
            Kind::Other => {
                let call = if self.method == "POST" {
                    "requests.post(".to_owned()
                } else {
                    format!("requests.request(\n    {},", quoted(self.method))
                };
                format!(
                    "{}\nimport os\nimport requests\n\nanswer = {call}\n    {},\n    \
                     headers={{\"Authorization\": f\"Bearer {{os.environ['{}']}}\"}},\n    \
                     json={{\"model\": {model}}},\n)\nanswer.raise_for_status()\nprint(answer.json())",
                    quiet("# pip install requests"),
                    quoted(&self.url),
                    self.key
                )
            }
            kind => {
                let client = self.python_client("openai", "OpenAI", kind.path_end());
                let call = match kind {
                    Kind::Responses => {
                        let effort = effort.map(|effort| format!("    reasoning={{\"effort\": {effort}}},\n"));
                        format!(
                            "answer = client.responses.create(\n    model={model},\n{}    input={prompt},\n)\n\
                             print(answer.output_text)",
                            effort.unwrap_or_default()
                        )
                    }
                    Kind::Embeddings => format!(
                        "answer = client.embeddings.create(\n    model={model},\n    input=[{prompt}],\n)\n\
                         print(len(answer.data[0].embedding))"
                    ),
                    Kind::Images => format!(
                        "answer = client.images.generate(\n    model={model},\n    prompt={prompt},\n)\n\
                         print(answer.data[0])"
                    ),
                    Kind::Transcription => format!(
                        "with open(\"speech.mp3\", \"rb\") as speech:\n    \
                         answer = client.audio.transcriptions.create(model={model}, file=speech)\nprint(answer.text)"
                    ),
                    Kind::Speech => format!(
                        "with client.audio.speech.with_streaming_response.create(\n    model={model},\n    \
                         voice=\"alloy\",\n    input={prompt},\n) as speech:\n    speech.stream_to_file(\"speech.mp3\")"
                    ),
                    _ => {
                        let effort = effort.map(|effort| format!("    reasoning_effort={effort},\n"));
                        format!(
                            "answer = client.chat.completions.create(\n    model={model},\n{}    \
                             messages=[{{\"role\": \"user\", \"content\": {prompt}}}],\n)\n\
                             print(answer.choices[0].message.content)",
                            effort.unwrap_or_default()
                        )
                    }
                };
                format!("{client}{call}")
            }
        }
    }

    pub(super) fn javascript(&self) -> String {
        let model = self.model_literal();
        let prompt = quoted(self.prompt);
        let effort = self.effort.map(|effort| quoted(effort.word()));
        match self.kind {
            Kind::Messages => {
                let client = self.javascript_client("@anthropic-ai/sdk", "Anthropic", "/v1/messages");
                format!(
                    "{client}const answer = await client.messages.create({{\n  model: {model},\n  max_tokens: 1024,\n  \
                     messages: [{{ role: \"user\", content: {prompt} }}],\n}});\nconsole.log(answer.content[0].text);"
                )
            }
            Kind::Other => format!(
                "const answer = await fetch({}, {{\n  method: {},\n  headers: {{\n    \
                 Authorization: `Bearer ${{process.env.{}}}`,\n    \"Content-Type\": \"application/json\",\n  }},\n  \
                 body: JSON.stringify({{ model: {model} }}),\n}});\nconsole.log(await answer.json());",
                quoted(&self.url),
                quoted(self.method),
                self.key
            ),
            kind => {
                let client = self.javascript_client("openai", "OpenAI", kind.path_end());
                let call = match kind {
                    Kind::Responses => {
                        let effort = effort.map(|effort| format!("  reasoning: {{ effort: {effort} }},\n"));
                        format!(
                            "const answer = await client.responses.create({{\n  model: {model},\n{}  \
                             input: {prompt},\n}});\nconsole.log(answer.output_text);",
                            effort.unwrap_or_default()
                        )
                    }
                    Kind::Embeddings => format!(
                        "const answer = await client.embeddings.create({{\n  model: {model},\n  \
                         input: [{prompt}],\n}});\nconsole.log(answer.data[0].embedding.length);"
                    ),
                    Kind::Images => format!(
                        "const answer = await client.images.generate({{\n  model: {model},\n  \
                         prompt: {prompt},\n}});\nconsole.log(answer.data[0]);"
                    ),
                    Kind::Transcription => format!(
                        "const answer = await client.audio.transcriptions.create({{\n  model: {model},\n  \
                         file: fs.createReadStream(\"speech.mp3\"),\n}});\nconsole.log(answer.text);"
                    ),
                    Kind::Speech => format!(
                        "const speech = await client.audio.speech.create({{\n  model: {model},\n  voice: \"alloy\",\n  \
                         input: {prompt},\n}});\nfs.writeFileSync(\"speech.mp3\", Buffer.from(await speech.arrayBuffer()));"
                    ),
                    _ => {
                        let effort = effort.map(|effort| format!("  reasoning_effort: {effort},\n"));
                        format!(
                            "const answer = await client.chat.completions.create({{\n  model: {model},\n{}  \
                             messages: [{{ role: \"user\", content: {prompt} }}],\n}});\n\
                             console.log(answer.choices[0].message.content);",
                            effort.unwrap_or_default()
                        )
                    }
                };
                let files = matches!(kind, Kind::Transcription | Kind::Speech);
                if files { format!("import fs from \"node:fs\";\n{client}{call}") } else { format!("{client}{call}") }
            }
        }
    }

    /// The fields of the JSON body, names and values.
    fn json_fields(&self) -> Vec<(&'static str, String)> {
        let prompt = quoted(self.prompt);
        let effort = self.effort.map(|effort| quoted(effort.word()));
        let messages = || ("messages", format!("[\n      {{\"role\": \"user\", \"content\": {prompt}}}\n    ]"));
        let mut fields = vec![("model", self.model_literal())];
        match self.kind {
            Kind::Chat => {
                fields.extend(effort.map(|effort| ("reasoning_effort", effort)));
                fields.push(messages());
            }
            Kind::Responses => {
                fields.extend(effort.map(|effort| ("reasoning", format!("{{\"effort\": {effort}}}"))));
                fields.push(("input", prompt));
            }
            Kind::Messages => fields.extend([("max_tokens", "1024".to_owned()), messages()]),
            Kind::Embeddings => fields.push(("input", prompt)),
            Kind::Images => fields.push(("prompt", prompt)),
            Kind::Speech => fields.extend([("voice", quoted("alloy")), ("input", prompt)]),
            Kind::Transcription | Kind::Other => {}
        }
        fields
    }

    fn model_literal(&self) -> String {
        let literal = quoted(self.model);
        // The quotation marks stay plain.
        format!("\"{}\"", strong(&literal[1..literal.len() - 1]))
    }

    fn marked_address(&self) -> String {
        let address = shell_address(&self.url);
        match self.url.split_once("://").and_then(|(_, rest)| rest.find('/').map(|at| self.url.len() - rest.len() + at))
        {
            Some(at) if address == self.url => format!("{}{}", &address[..at], strong(&address[at..])),
            _ => address,
        }
    }

    fn client_base(&self, path_end: &str) -> &str {
        self.url.strip_suffix(path_end).unwrap_or(&self.url)
    }

    fn python_client(&self, package: &str, class: &str, path_end: &str) -> String {
        format!(
            "{}\nimport os\nfrom {package} import {class}\n\n\
             client = {class}(base_url={}, api_key=os.environ[\"{}\"])\n",
            quiet(&format!("# pip install {package}")),
            quoted(self.client_base(path_end)),
            self.key
        )
    }

    fn javascript_client(&self, package: &str, class: &str, path_end: &str) -> String {
        format!(
            "{}\nimport {class} from \"{package}\";\n\n\
             const client = new {class}({{ baseURL: {}, apiKey: process.env.{} }});\n",
            quiet(&format!("// npm install {package}")),
            quoted(self.client_base(path_end)),
            self.key
        )
    }
}
