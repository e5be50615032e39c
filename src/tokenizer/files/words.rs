//! What the messages of this module speak of.

named! {
    /// What a field has to hold.
    Wanted {
        Object = "an object",
        List = "a list",
        Pair = "a list of two",
        Text = "text",
        Id = "a whole number below 2^32",
        Number = "a number",
        Flag = "true or false",
        TwoTokens = "two tokens with a space between",
        PrintableBytes = "bytes in printable characters, since the cutting is byte-level",
        KnownToken = "a token of the vocabulary",
        Base64 = "a table in base64",
        Template = "a template with the text A",
        Character = "one character",
        Above0 = "a whole number above 0",
        NoFallback = "false, or else a token must be there for every byte of the marks of words",
    }

    /// What could stand in a field.
    Known {
        Cuts = "ByteLevel, Split, Whitespace, WhitespaceSplit, Punctuation, Digits, CharDelimiterSplit, BertPreTokenizer, Metaspace, FixedLength, UnicodeScripts and Sequence",
        Behaviors = "Isolated, Removed, MergedWithPrevious, MergedWithNext and Contiguous",
        Pattern = "a Regex or a String",
        Models = "BPE, WordPiece, Unigram and WordLevel",
        MergesOfCharacters = "merges of characters, where unknown ones are written as bytes",
        Normalizers = "BertNormalizer, NFC, NFKC, NFD, NFKD, Lowercase, StripAccents, Nmt, ByteLevel, Prepend, Replace, Strip, Precompiled and Sequence",
        Prepends = "always, first (both without add_prefix_space false) and never",
        Processors = "TemplateProcessing, BertProcessing, RobertaProcessing, ByteLevel and Sequence",
        OneText = "one text, A",
        Steps = "sequences of at most 100 steps",
        Around = "at most 1000 tokens around a text",
    }

    /// A file that holds a part of a tokenizer.
    Part {
        Vocabulary = "this is the vocabulary alone (vocab.json); the merges are in merges.txt beside it",
        Merges = "these are the merges alone (merges.txt); the vocabulary is in vocab.json beside them",
        Settings = "this is tokenizer_config.json, the settings of a tokenizer without its tokens",
        Model = "this is the config.json of a model, which has no tokens",
        Pieces = "these are pieces, one a line as in BERT's vocab.txt, but none is [UNK], which stands for unknown words",
    }

    /// What is wrong with an id.
    IdFault {
        Twice = "belongs to two tokens",
        TooLarge = "is larger than that of any model",
        AfterGap = "comes after a gap; added tokens follow the vocabulary one by one",
    }

    /// A format that is written.
    Format {
        Json = "tokenizer.json",
        Ranks = "tiktoken's ranks",
    }
}
