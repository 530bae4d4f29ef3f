//! Other people's files become the domain's types.
