//! The closed label sets of the model: Penn Treebank tags, universal parts of speech, ClearNLP
//! dependency labels, OntoNotes entity labels.

use std::fmt;

macro_rules! labels {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($variant),* }

        impl $name {
            /// Every label, in declaration order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The label as the model spells it.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }

            /// The label with this spelling.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($text => Some(Self::$variant),)* _ => None }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

labels! {
    /// A Penn Treebank tag.
    Tag {
        Dollar = "$",
        CloseQuote = "''",
        Comma = ",",
        LeftBracket = "-LRB-",
        RightBracket = "-RRB-",
        Period = ".",
        Colon = ":",
        Add = "ADD",
        Afx = "AFX",
        Cc = "CC",
        Cd = "CD",
        Dt = "DT",
        Ex = "EX",
        Fw = "FW",
        Hyph = "HYPH",
        In = "IN",
        Jj = "JJ",
        Jjr = "JJR",
        Jjs = "JJS",
        Ls = "LS",
        Md = "MD",
        Nfp = "NFP",
        Nn = "NN",
        Nnp = "NNP",
        Nnps = "NNPS",
        Nns = "NNS",
        Pdt = "PDT",
        Pos = "POS",
        Prp = "PRP",
        PrpPoss = "PRP$",
        Rb = "RB",
        Rbr = "RBR",
        Rbs = "RBS",
        Rp = "RP",
        Sym = "SYM",
        To = "TO",
        Uh = "UH",
        Vb = "VB",
        Vbd = "VBD",
        Vbg = "VBG",
        Vbn = "VBN",
        Vbp = "VBP",
        Vbz = "VBZ",
        Wdt = "WDT",
        Wp = "WP",
        WpPoss = "WP$",
        Wrb = "WRB",
        Xx = "XX",
        Space = "_SP",
        OpenQuote = "``",
    }
}

labels! {
    /// A universal part of speech.
    Pos {
        Adj = "ADJ",
        Adp = "ADP",
        Adv = "ADV",
        Aux = "AUX",
        Cconj = "CCONJ",
        Det = "DET",
        Intj = "INTJ",
        Noun = "NOUN",
        Num = "NUM",
        Part = "PART",
        Pron = "PRON",
        Propn = "PROPN",
        Punct = "PUNCT",
        Sconj = "SCONJ",
        Sym = "SYM",
        Verb = "VERB",
        X = "X",
        Space = "SPACE",
    }
}

labels! {
    /// A ClearNLP dependency label.
    Dep {
        Root = "ROOT",
        Acl = "acl",
        Acomp = "acomp",
        Advcl = "advcl",
        Advmod = "advmod",
        Agent = "agent",
        Amod = "amod",
        Appos = "appos",
        Attr = "attr",
        Aux = "aux",
        Auxpass = "auxpass",
        Case = "case",
        Cc = "cc",
        Ccomp = "ccomp",
        Compound = "compound",
        Conj = "conj",
        Csubj = "csubj",
        Csubjpass = "csubjpass",
        Dative = "dative",
        Dep = "dep",
        Det = "det",
        Dobj = "dobj",
        Expl = "expl",
        Intj = "intj",
        Mark = "mark",
        Meta = "meta",
        Neg = "neg",
        Nmod = "nmod",
        Npadvmod = "npadvmod",
        Nsubj = "nsubj",
        Nsubjpass = "nsubjpass",
        Nummod = "nummod",
        Oprd = "oprd",
        Parataxis = "parataxis",
        Pcomp = "pcomp",
        Pobj = "pobj",
        Poss = "poss",
        Preconj = "preconj",
        Predet = "predet",
        Prep = "prep",
        Prt = "prt",
        Punct = "punct",
        Quantmod = "quantmod",
        Relcl = "relcl",
        Xcomp = "xcomp",
    }
}

labels! {
    /// An OntoNotes entity label.
    EntityLabel {
        Cardinal = "CARDINAL",
        Date = "DATE",
        Event = "EVENT",
        Fac = "FAC",
        Gpe = "GPE",
        Language = "LANGUAGE",
        Law = "LAW",
        Loc = "LOC",
        Money = "MONEY",
        Norp = "NORP",
        Ordinal = "ORDINAL",
        Org = "ORG",
        Percent = "PERCENT",
        Person = "PERSON",
        Product = "PRODUCT",
        Quantity = "QUANTITY",
        Time = "TIME",
        WorkOfArt = "WORK_OF_ART",
    }
}
