//! The tables that a language's folder holds, each in a file of its name.

/// Makes the tables' names of one list, and the reader of a folder of them. `$d` is a dollar sign:
/// what the inner macro matches must be written with one.
macro_rules! table_names {
    ($d:tt $($table:ident $name:literal)+) => {
        /// A table of words.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum TableName {
            $($table),+
        }

        impl TableName {
            /// Every table.
            pub(super) const ALL: [Self; COUNT] = [$(Self::$table),+];

            /// Returns the name of its file without the ending, as `ord.toml` calls it.
            pub(super) const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$table => $name),+
                }
            }
        }

        /// How many tables there are.
        pub(super) const COUNT: usize = [$($name),+].len();

        /// Compiles in the tables of the folder of this name, in the order of `TableName::ALL`.
        macro_rules! folder {
            ($d code:literal) => {
                [$(std::borrow::Cow::Borrowed(include_str!(concat!($d code, "/", $name, ".toml")))),+]
            };
        }
        pub(super) use folder;
    };
}

table_names! {
    $
    Acts "acts"
    Clauses "clauses"
    Cues "cues"
    Dates "dates"
    Fillers "fillers"
    Headings "headings"
    KnownNames "known_names"
    Labels "labels"
    Mentions "mentions"
    Numbers "numbers"
    Outcomes "outcomes"
    Pages "pages"
    People "people"
    Presence "presence"
    Prose "prose"
    Remarks "remarks"
    Reporting "reporting"
    Silence "silence"
    Sound "sound"
    Speakers "speakers"
    Stopwords "stopwords"
    Tasks "tasks"
    Titles "titles"
}
