//! The names that this server answers to: a page from elsewhere that has its own name point here
//! (DNS rebinding) is not answered.

/// The server's own names.
#[derive(Clone, Debug)]
pub(super) struct HostNames {
    scheme: &'static str,
    hosts: Vec<String>,
}

impl HostNames {
    /// Returns the names of a server at `port` that is called by `names`, or by those of this
    /// machine itself. Behind a proxy the port is the proxy's.
    pub(super) fn new(names: &[String], port: u16, encrypted: bool, proxy: bool) -> Self {
        let mut hosts = Vec::new();
        let own = ["127.0.0.1", "localhost", "[::1]"].map(str::to_owned);
        for name in own.iter().chain(names) {
            let name = name.to_ascii_lowercase();
            hosts.push(format!("{name}:{port}"));
            // The usual port is not said.
            if proxy || port == if encrypted { 443 } else { 80 } {
                hosts.push(name);
            }
        }
        let scheme = if encrypted || proxy { "https" } else { "http" };
        Self { scheme, hosts }
    }

    /// Tells whether a Host header names this server.
    pub(super) fn is_host(&self, host: &str) -> bool {
        self.hosts.contains(&host.to_ascii_lowercase())
    }

    /// Tells whether an Origin header is that of this server's own pages.
    pub(super) fn is_origin(&self, origin: &str) -> bool {
        let rest = origin.strip_prefix(self.scheme).and_then(|rest| rest.strip_prefix("://"));
        rest.is_some_and(|host| self.is_host(host))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_its_own_names_with_its_own_port_are_the_servers() {
        let names = HostNames::new(&[], 8737, false, false);
        for own in ["127.0.0.1:8737", "LOCALHOST:8737", "[::1]:8737"] {
            assert!(names.is_host(own), "{own}");
            assert!(names.is_origin(&format!("http://{own}")), "{own}");
        }
        for foreign in ["", "127.0.0.1", "127.0.0.1:80", "evil.example:8737", "localhost.:8737"] {
            assert!(!names.is_host(foreign), "{foreign}");
        }
        for foreign in ["null", "https://localhost:8737", "http://localhost:8737.evil.example"] {
            assert!(!names.is_origin(foreign), "{foreign}");
        }
        let listening = HostNames::new(&["referat.by.dk".into()], 443, true, false);
        assert!(listening.is_origin("https://referat.by.dk"));
    }
}
