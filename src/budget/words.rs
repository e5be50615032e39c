//! What the messages of this module speak of.

named! {
    /// A size of a model or a run, as messages name it.
    Field {
        Layers = "the number of layers",
        DModel = "d_model",
        Heads = "the number of heads",
        HeadDim = "head_dim",
        Vocabulary = "the vocabulary",
        EncoderLayers = "the number of encoder layers",
        DFf = "d_ff",
        LearnedPositions = "the number of learned positions",
        TokenTypes = "the number of token types",
        RelativeBuckets = "the number of relative buckets",
        NormsPerLayer = "the number of norms a layer",
        NumbersOfNorm = "the numbers of a norm",
        Window = "the window",
        WindowedLayers = "the number of layers with a window",
        Experts = "the number of experts",
        ActiveExperts = "the number of active experts",
        SharedWidth = "the width of the shared experts",
        ExpertWidth = "the width of an expert",
        DenseLayers = "the number of dense layers",
        QRank = "q_rank",
        KvRank = "kv_rank",
        Nope = "the width without position",
        Rope = "the width of the rotary key",
        ValueWidth = "the width of a value head",
        IndexHeads = "the number of heads of the indexer",
        IndexWidth = "the width of the indexer",
        IndexedKeys = "the number of keys that the indexer picks",
        RecurrentLayers = "the number of layers with a state",
        WithoutNetwork = "the number of layers without a feed-forward network",
        NetworksAlone = "the number of layers that are a feed-forward network alone",
        InnerWidth = "the width of what the experts see",
        ImageSize = "a size of what reads images",
        StateWidth = "a width of the state",
        Tokens = "the number of tokens",
        Batch = "the batch",
        Devices = "the number of devices",
    }

    /// What a field of a file has to hold.
    Wanted {
        Whole = "a whole number that is not negative",
        AtLeast1 = "at least 1",
        Flag = "true or false",
        Words = "a list of words",
        WholeNumbers = "a list of whole numbers",
        WordPerLayer = "a list with one word for each layer",
        KindPerLayer = "a list of kinds of layers that this type of model has",
        BlockLetters = "a word of the letters M, E, * and -, one for each layer",
        Side = "a whole number, or a list of two",
        Factor = "a number from 1/64 to 64",
        Ratio = "a number from 1/64 to 1",
        Share = "a number above 0 and at most 1",
        EvenWidth = "a width of which each head turns an even number of features, since they turn in pairs",
        EvenShare = "a share with which each head turns an even number of features, at least 2, since they turn in pairs",
        EvenOfHead = "an even number, at least 2 and at most the width of a head",
        Number = "a number from -10^15 to 10^15",
        NumberPerPair = "a list with a number from 10^-6 to 10^15 for each pair of features that turns",
        Type = "the name of a type of model, such as \"llama\"",
        Object = "an object with fields of its own",
    }

    /// Why a type of model is not read.
    Unread {
        StateSpace = "its layers with a state have sizes that are not known here",
        SharedLayers = "layers of attention far apart share their weights and differ in small matrices of their own",
        ImageLayers = "some of its layers look at an image alone, so what it keeps depends on the image and not on the text",
        NarrowEmbedding = "its embedding is narrower than its layers and is projected up and down",
        UnlikeLayers = "its layers differ in their sizes",
        OwnCode = "its sizes follow from code of its own, not from a class of transformers",
    }

    /// A file that lies beside a configuration, or stands in its place elsewhere.
    Beside {
        Generation = "this is a generation_config.json: it has settings of decoding and no sizes; give the config.json beside it",
        Tokenizer = "this is the file of a tokenizer, which has no sizes; give the config.json beside it",
        Params = "this is a params.json, as Meta and Mistral write it; give the config.json of the same model from Hugging Face",
        NanoGpt = "these are settings of nanoGPT; write them as GPT-2's: \"model_type\": \"gpt2\", n_layer, n_head, n_embd, vocab_size, and block_size as n_positions",
    }

    /// What only a decoder has.
    Asked {
        Arithmetic = "the arithmetic of a token",
        Step = "a step of decoding",
    }

    /// Where the numbers of an accelerator stand.
    Source {
        A100 = "NVIDIA A100 data sheet, SXM, 80 GB, without sparsity",
        A100Pcie = "NVIDIA A100 data sheet, PCIe, 80 GB, without sparsity",
        A100Small = "NVIDIA A100 data sheet, 40 GB, without sparsity",
        A800 = "NVIDIA A800 data sheet, SXM, 80 GB, without sparsity: an A100 with slower links between cards. Its bandwidth is that of the A100, not confirmed by itself",
        H100 = "NVIDIA H100 data sheet, SXM, without sparsity",
        H100Pcie = "NVIDIA H100 data sheet, PCIe, without sparsity",
        H100Nvl = "NVIDIA H100 data sheet, NVL, without sparsity",
        H800 = "NVIDIA H800, SXM, without sparsity: an H100 with slower links between cards and little double precision",
        H200 = "NVIDIA H200 data sheet, SXM, without sparsity",
        H20 = "NVIDIA H20, 96 GB, as vendors of servers print it, without sparsity: NVIDIA has no public data sheet",
        B200 = "NVIDIA DGX B200 data sheet, one of its eight, without sparsity",
        Gb200 = "NVIDIA GB200 NVL72 data sheet, one of its 72, without sparsity",
        V100 = "NVIDIA V100 data sheet, SXM2, fp16 with f32 sums: it has no bf16",
        T4 = "NVIDIA T4 data sheet, fp16 with f32 sums: it has no bf16",
        L4 = "NVIDIA L4 data sheet, without sparsity",
        L40 = "NVIDIA L40 data sheet, without sparsity",
        Mi300x = "AMD Instinct MI300X data sheet, without sparsity",
        Ascend910b = "Huawei Ascend 910B, 64 GB, as reported: there is no public data sheet of the chip. Its bandwidth is unconfirmed, since reports differ widely; peak arithmetic differs from variant to variant, so none is taken",
        TpuV5e = "Google Cloud TPU v5e documentation, one chip",
        L40s = "NVIDIA L40S data sheet, without sparsity",
        L20 = "NVIDIA L20, as vendors of servers print it, without sparsity: NVIDIA has no public data sheet. Its bandwidth is confirmed elsewhere, its arithmetic is not",
        A10 = "NVIDIA A10 data sheet, without sparsity",
        A10g = "NVIDIA A10G data sheet, as it stands in AWS's G5, without sparsity",
        A40 = "NVIDIA A40 data sheet, without sparsity",
        A6000 = "NVIDIA RTX A6000 data sheet, half of its peak with sparsity",
        Rtx6000Ada = "NVIDIA RTX 6000 Ada data sheet, a quarter of its peak in fp8 with sparsity",
        RtxPro6000 = "NVIDIA RTX Blackwell PRO GPU architecture whitepaper, workstation edition, bf16 with f32 sums, without sparsity",
        Rtx5090 = "NVIDIA RTX Blackwell GPU architecture whitepaper, bf16 with f32 sums, without sparsity",
        Rtx4090 = "NVIDIA Ada GPU architecture whitepaper, bf16 with f32 sums, without sparsity",
        Rtx4090d = "NVIDIA GeForce RTX 4090 D specifications: the RTX 4090 with 114 of its 128 multiprocessors, bf16 with f32 sums, without sparsity",
        Rtx3090 = "NVIDIA Ampere GA102 GPU architecture whitepaper, bf16 with f32 sums, without sparsity",
        GeForce = "NVIDIA GeForce specifications, which print no peak in bf16",
        Gaudi2 = "Intel Gaudi 2 white paper",
        Gaudi3 = "Intel Gaudi 3 white paper",
        Tpu = "Google Cloud TPU documentation of this version, one chip",
        Apple = "Apple technical specifications; largest memory",
        M2Ultra = "Apple M2 Ultra, technical specifications; largest memory",
    }

    /// What was counted.
    Quantity {
        Operations = "the number of operations",
        Training = "the memory of training",
        Activations = "the memory of activations",
        Cache = "the size of the cache",
        Parameters = "the number of parameters",
        Tokens = "the number of tokens",
    }
}
