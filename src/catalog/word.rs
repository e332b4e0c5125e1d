//! Closed vocabularies: every word that a content key can take, as a type.

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)+
        }

        impl $name {
            /// Every word, in the order of the type.
            pub const WORDS: &'static [&'static str] = &[$($word),+];

            /// The value that this word names.
            #[must_use]
            pub fn parse(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$variant),)+
                    _ => None,
                }
            }

            /// The word, as content files and pages write it.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.word())
            }
        }
    };
}

words! {
    /// Whether a model can be used, and should be.
    Status {
        /// Served and current.
        Active = "active",
        /// Served, not final.
        Preview = "preview",
        /// Not for new work, though its developer or others still serve it.
        Deprecated = "deprecated",
        /// Turned off by its developer.
        Retired = "retired",
    }
}

impl Status {
    /// Whether it says not to use the model for new work: it is deprecated or retired.
    #[must_use]
    pub fn is_leaving(self) -> bool {
        matches!(self, Self::Deprecated | Self::Retired)
    }
}

words! {
    /// Whether the weights can be had.
    Weights {
        /// Anyone can download them under a licence.
        Open = "open",
        /// Only the developer and its partners have them.
        Closed = "closed",
    }
}

words! {
    /// A host whose limits are known.
    Host {
        /// Cloudflare Pages.
        CloudflarePages = "cloudflare-pages",
        /// GitHub Pages.
        GithubPages = "github-pages",
        /// GitLab Pages, as GitLab.com has them.
        GitlabPages = "gitlab-pages",
        /// Netlify.
        Netlify = "netlify",
    }
}

words! {
    /// A kind of data that a model takes or gives.
    Modality {
        /// Text.
        Text = "text",
        /// Images.
        Image = "image",
        /// Sound, speech included.
        Audio = "audio",
        /// Moving images.
        Video = "video",
        /// PDF files.
        Pdf = "pdf",
    }
}

impl Modality {
    /// The word as people write it in a sentence.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        if self == Self::Pdf { "PDF" } else { self.word() }
    }
}

words! {
    /// What a price is for.
    Component {
        /// Prompt tokens that are not in the cache.
        Input = "input",
        /// Prompt tokens that are read from the cache.
        CacheRead = "cache read",
        /// Prompt tokens that are written to the cache.
        CacheWrite = "cache write",
        /// Keeping tokens in the cache.
        CacheStorage = "cache storage",
        /// Tokens of the answer.
        Output = "output",
        /// Tokens of the reasoning before the answer.
        Reasoning = "reasoning",
        /// Searching the web.
        WebSearch = "web search",
        /// A call as such.
        Request = "request",
        /// A session as such.
        Session = "session",
        /// Training on own data.
        Training = "training",
    }
}

words! {
    /// What a price is per.
    Unit {
        /// A million tokens.
        MillionTokens = "1M tokens",
        /// A million characters.
        MillionCharacters = "1M characters",
        /// An image.
        Image = "image",
        /// A second of sound or video.
        Second = "second",
        /// A minute of sound or video.
        Minute = "minute",
        /// An hour.
        Hour = "hour",
        /// A page of a document.
        Page = "page",
        /// A request.
        Request = "request",
        /// A thousand requests.
        ThousandRequests = "1K requests",
        /// A session.
        Session = "session",
        /// A million tokens kept for an hour.
        MillionTokenHours = "1M tokens per hour",
    }
}

words! {
    /// The service class of a request.
    ServiceTier {
        /// The default.
        Standard = "standard",
        /// Answered within hours.
        Batch = "batch",
        /// Answered when there is room.
        Flex = "flex",
        /// Answered first.
        Priority = "priority",
    }
}

words! {
    /// Who measured a score.
    Measured {
        /// Somebody without a stake in the model.
        Independent = "independent",
        /// The model's developer.
        SelfReported = "self-reported",
        /// Users.
        Community = "community",
    }
}

words! {
    /// Which way a score is better.
    Direction {
        /// More is better.
        Higher = "higher",
        /// Less is better.
        Lower = "lower",
    }
}

words! {
    /// How hard a model reasons.
    Effort {
        /// Not at all.
        None = "none",
        /// As little as it can.
        Minimal = "minimal",
        /// Little.
        Low = "low",
        /// Some.
        Medium = "medium",
        /// Much.
        High = "high",
        /// More than high.
        Xhigh = "xhigh",
        /// As much as it can.
        Max = "max",
    }
}

words! {
    /// What a link leads to.
    LinkKind {
        /// The developer's announcement.
        Announcement = "announcement",
        /// An article.
        Blog = "blog",
        /// Documentation.
        Docs = "docs",
        /// A paper.
        Paper = "paper",
        /// A model card or system card.
        ModelCard = "model card",
        /// The weights.
        Weights = "weights",
        /// Source code.
        Code = "code",
        /// A video.
        Video = "video",
        /// A post on a social network.
        Post = "post",
        /// A discussion.
        Discussion = "discussion",
        /// Something else.
        Other = "other",
    }
}
