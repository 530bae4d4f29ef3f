//! A referat becomes a document: layout, then Markdown and other forms.
