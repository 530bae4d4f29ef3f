//! Where the hub is, and as whom it is asked: `HF_ENDPOINT` and `HF_TOKEN`.

use super::http::Client;

/// Where public models are published, unless `HF_ENDPOINT` names a mirror.
const PUBLIC: &str = "https://huggingface.co";

/// A hub.
#[derive(Debug)]
pub(super) struct Endpoint {
    /// Its address, without a slash at the end.
    pub(super) url: String,
    /// Asks it, with the user's token if there is one.
    pub(super) client: Client,
}

impl Endpoint {
    /// Returns the hub that the environment names, else the public one.
    pub(super) fn from_env() -> Self {
        let var = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let url = var("HF_ENDPOINT").unwrap_or_else(|| PUBLIC.to_owned());
        Self { url: url.trim_end_matches('/').to_owned(), client: Client::new(var("HF_TOKEN")) }
    }

    /// Returns how `url` is fetched: what the public hub has comes from this one, with the
    /// token; anything else from where it is, without.
    pub(super) fn route(self, url: &str) -> (Client, String) {
        match url.strip_prefix(PUBLIC).filter(|path| path.starts_with('/')) {
            Some(path) => (self.client, format!("{}{path}", self.url)),
            None => (Client::new(None), url.to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mirror_serves_what_the_hub_has_and_nothing_else() {
        let mirror =
            || Endpoint { url: "http://mirror:8080".into(), client: Client::new(Some("t".into())) };
        let (_, url) = mirror().route("https://huggingface.co/a/b/resolve/main/c.bin");
        assert_eq!(url, "http://mirror:8080/a/b/resolve/main/c.bin");
        let elsewhere = "https://huggingface.com.example.org/c.bin";
        assert_eq!(mirror().route(elsewhere).1, elsewhere);
    }
}
