#!/usr/bin/env python3
"""Makes a Hugo site of a made-up Modelfolio catalogue: the same facts, in Hugo's own way.

    cargo bench --bench build -- --models 1000 --write /dev/shm/site
    python3 benches/peers/hugo_site.py /dev/shm/site /dev/shm/hugo

A model becomes one Markdown file, its facts as front matter and its questions as text, which Hugo reads fastest. Hugo's
site has a card for each model and lists of models, developers, providers and benchmarks. It lacks what a template language
cannot say in reasonable time: ranks, similar models, costs of workloads, comparisons, charts, leaderboards, changes. So
Hugo has less to do than Modelfolio.
"""

import json
import pathlib
import sys
import tomllib

BASE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>{{ block "title" . }}{{ .Title }}{{ end }}</title><meta name="description" content="{{ .Description }}">
<link rel="canonical" href="{{ .Permalink }}"><meta property="og:title" content="{{ .Title }}"><meta property="og:type" content="article">
<link rel="stylesheet" href="/style.css"></head><body><a class="skip" href="#main">Skip to content</a>
<header><a href="/">Made-up models</a><nav aria-label="Site"><ul><li><a href="/">Models</a></li><li><a href="/developers/">Developers</a></li><li><a href="/providers/">Providers</a></li><li><a href="/benchmarks/">Benchmarks</a></li></ul></nav></header>
<main id="main">{{ block "main" . }}{{ end }}</main><footer><p>As many as you like</p></footer></body></html>
"""

CARD = """{{ define "main" }}{{ $p := .Params }}
<nav aria-label="Breadcrumb"><ol><li><a href="/">models</a></li><li><a href="/developers/{{ $p.developer }}/">{{ $p.developer }}</a></li><li aria-current="page">{{ .Title }}</li></ol></nav>
<h1>{{ .Title }}</h1><p class="lead">{{ $p.summary }}</p>
{{ with $p.successor }}<p class="note">It is deprecated: its successor is <a href="/models/{{ . }}/">{{ . }}</a>.{{ with $p.retired }} It is retired on {{ . }}.{{ end }}</p>{{ end }}
<dl class="plate"><div><dt>Model ID</dt><dd><code>{{ $p.id }}</code><button type="button" data-copy="{{ $p.id }}">Copy the model ID</button></dd></div>
{{ range $p.api.endpoints }}<div><dt>Endpoint</dt><dd><code>{{ . }}</code></dd></div>{{ end }}
{{ range $p.snapshots }}<div><dt>Snapshot</dt><dd><code>{{ . }}</code></dd></div>{{ end }}</dl>
<dl class="tiles"><div><dt>Input price</dt><dd>${{ $p.price.input }}<span>/M</span></dd></div><div><dt>Output price</dt><dd>${{ $p.price.output }}<span>/M</span></dd></div>
<div><dt>Cache read price</dt><dd>${{ $p.price.cache_read }}<span>/M</span></dd></div>
<div><dt>Context window</dt><dd>{{ lang.FormatNumber 0 $p.context_window }}<span>tokens</span></dd></div><div><dt>Max output</dt><dd>{{ lang.FormatNumber 0 $p.max_output }}<span>tokens</span></dd></div>
<div><dt>Modalities in</dt><dd>{{ delimit $p.modalities.input ", " }}</dd></div><div><dt>Modalities out</dt><dd>{{ delimit $p.modalities.output ", " }}</dd></div>
<div><dt>Released</dt><dd><time datetime="{{ $p.released }}">{{ time.Format "2 Jan 2006" $p.released }}</time></dd></div><div><dt>Announced</dt><dd><time datetime="{{ $p.announced }}">{{ time.Format "2 Jan 2006" $p.announced }}</time></dd></div>
<div><dt>Knowledge cutoff</dt><dd>{{ $p.knowledge_cutoff }}</dd></div><div><dt>Weights</dt><dd>{{ $p.weights }}</dd></div><div><dt>Family</dt><dd>{{ $p.family }}</dd></div>
<div><dt>Reasoning efforts</dt><dd>{{ delimit $p.reasoning.efforts ", " }}, {{ $p.reasoning.default }} by default</dd></div></dl>
<section><h2 id="prices">Prices</h2><table><thead><tr><th scope="col">Per 1M tokens</th><th scope="col">Standard</th><th scope="col">Batch</th></tr></thead><tbody>
{{ range slice "input" "output" "cache_read" }}<tr><th scope="row">{{ . }}</th><td>${{ index $p.price . }}</td><td>${{ index $p.price.batch . }}</td></tr>{{ end }}</tbody></table>
{{ with $p.price.row }}<h3>Earlier prices</h3><ul>{{ range . }}<li>{{ .component }}: ${{ .amount }} from {{ .from }} until {{ .until }}</li>{{ end }}</ul>{{ end }}</section>
<section><h2 id="providers">Providers</h2><table><thead><tr><th scope="col">Provider</th><th scope="col">ID</th><th scope="col">Input</th><th scope="col">Output</th><th scope="col">Retention</th><th scope="col">Trains on data</th></tr></thead><tbody>
{{ range $p.offers }}{{ $provider := index hugo.Data.providers .provider }}<tr><th scope="row"><a href="/providers/{{ .provider }}/">{{ $provider.name }}</a></th><td><code>{{ .id }}</code></td><td>${{ .input }}</td><td>${{ .output }}</td><td>{{ $provider.data_policy.retention }}</td><td>{{ cond $provider.data_policy.trains_on_data "yes" "no" }}</td></tr>{{ end }}</tbody></table></section>
<section><h2 id="call">Call it</h2><pre><code>curl https://api.example.com/v1/chat/completions \\
  -H "Authorization: Bearer $API_KEY" \\
  -H "Content-Type: application/json" \\
  -d '{"model": "{{ $p.id }}", "messages": [{"role": "user", "content": "Hello"}]}'</code></pre>
<table><thead><tr><th scope="col">Parameter</th><th scope="col">Accepts</th></tr></thead><tbody>{{ range $p.api.parameter }}<tr><th scope="row"><code>{{ .name }}</code></th><td>{{ .accepts }}</td></tr>{{ end }}</tbody></table></section>
<section><h2 id="benchmarks">Benchmarks</h2>{{ range hugo.Data.categories }}{{ $category := . }}<h3>{{ . }}</h3><ul>
{{ range $id, $benchmark := hugo.Data.benchmarks }}{{ if eq $benchmark.category $category }}{{ with index $p.scores $id }}<li><a href="/benchmarks/{{ $id }}/">{{ $benchmark.name }}</a><b>{{ . }}{{ $benchmark.unit }}</b><small>{{ $benchmark.measures }}, at {{ $p.scores_from.variant }}</small><svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect width="{{ . }}" height="8"/></svg></li>{{ end }}{{ end }}{{ end }}</ul>{{ end }}</section>
<section><h2 id="capabilities">Capabilities</h2><dl>{{ range $name, $value := $p.capabilities }}<div><dt>{{ humanize $name }}</dt><dd>{{ if eq (printf "%T" $value) "bool" }}{{ cond $value "yes" "no" }}{{ else }}{{ $value }}{{ end }}</dd></div>{{ end }}</dl></section>
<section><h2 id="faq">Questions</h2>{{ .Content }}</section>
<section><h2 id="links">Links</h2><ul>{{ range $p.link }}<li><a href="{{ .url }}" rel="external">{{ .title }}</a><small>{{ .kind }}, {{ .publisher }}</small></li>{{ end }}</ul></section>
<section><h2 id="unknowns">Not known</h2><dl>{{ range $p.unknown }}<div><dt>{{ .what }}</dt><dd>{{ .why }}</dd></div>{{ end }}</dl></section>
<section><h2 id="sources">Sources</h2><ol><li><a href="https://example.org/list">Models and prices</a>, Nobody, as of {{ $p.as_of }}</li></ol></section>{{ end }}
"""

ROWS = """<table><thead><tr><th scope="col">Model</th><th scope="col">Input</th><th scope="col">Output</th><th scope="col">Context</th><th scope="col">Released</th></tr></thead><tbody>
{{ range . }}<tr><th scope="row"><a href="{{ .RelPermalink }}">{{ .Title }}</a><small>{{ .Params.developer }}</small></th><td>${{ .Params.price.input }}</td><td>${{ .Params.price.output }}</td><td>{{ .Params.context_window }}</td><td>{{ .Params.released }}</td></tr>{{ end }}</tbody></table>"""

PAGER = """{{ partial "rows.html" .Paginator.Pages }}<nav aria-label="Pages">{{ with .Paginator.Prev }}<a href="{{ .URL }}">Before</a>{{ end }} {{ .Paginator.PageNumber }} of {{ .Paginator.TotalPages }} {{ with .Paginator.Next }}<a href="{{ .URL }}">After</a>{{ end }}</nav>"""

HOME = '{{ define "main" }}<h1>{{ site.Title }}</h1>{{ $_ := .Paginate (where site.RegularPages "Section" "models") }}' + PAGER + "{{ end }}\n"
LIST = '{{ define "main" }}<h1>{{ .Title }}</h1><ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>{{ end }}\n'
TERM = '{{ define "main" }}<h1>{{ .Title }}</h1>{{ $_ := .Paginate .Pages }}' + PAGER + "{{ end }}\n"


def main(content: pathlib.Path, out: pathlib.Path) -> None:
    def put(path: str, text: str) -> None:
        file = out / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def facts(folder: str) -> dict:
        # Prices stay the digits that were written.
        files = sorted((content / folder).glob("*.toml"))
        return {file.stem: tomllib.loads(file.read_text(), parse_float=str) for file in files}

    providers, benchmarks = facts("providers"), facts("benchmarks")
    offers: dict[str, list] = {}
    for name, provider in providers.items():
        for offer in provider.pop("offer"):
            price = offer["price"]
            row = {"provider": name, "id": offer["id"], "input": price["input"], "output": price["output"]}
            offers.setdefault(offer["model"], []).append(row)
    site = tomllib.loads((content / "site.toml").read_text())
    put("data/providers.json", json.dumps(providers, default=str))
    put("data/benchmarks.json", json.dumps(benchmarks, default=str))
    put("data/categories.json", json.dumps(site["categories"]))
    settings = {
        "baseURL": site["base_url"],
        "title": site["title"],
        "disableKinds": ["rss"],
        "pagination": {"pagerSize": 200},
        "taxonomies": {"developer": "developers", "provider": "providers", "benchmark": "benchmarks"},
    }
    put("hugo.json", json.dumps(settings))
    put("static/style.css", "body{font:1em/1.5 system-ui}\n")
    put("layouts/_default/baseof.html", BASE)
    put("layouts/models/single.html", CARD)
    put("layouts/index.html", HOME)
    put("layouts/_default/list.html", LIST)
    put("layouts/_default/taxonomy.html", LIST)
    put("layouts/_default/term.html", TERM)
    put("layouts/partials/rows.html", ROWS)
    for file in sorted((content / "models").glob("*/*.toml")):
        model = tomllib.loads(file.read_text(), parse_float=str)
        key = f"{file.parent.name}/{file.stem}"
        model["title"] = model.pop("name")
        model["description"] = f"{model['title']}: price, limits, benchmarks"
        model |= {"id": key, "developer": file.parent.name, "offers": offers.get(key, [])}
        model |= {"developers": [file.parent.name], "providers": sorted({offer["provider"] for offer in model["offers"]})}
        model["benchmarks"] = sorted(model["scores"])
        text = (file.parent / f"{file.stem}.faq.md").read_text()
        put(f"content/models/{key}.md", json.dumps(model, default=str) + "\n\n" + text)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]) / "content", pathlib.Path(sys.argv[2]))
