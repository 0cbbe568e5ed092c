//! What wheels are made for.

/// One kind of machine.
#[derive(Debug)]
pub(super) struct Target {
    pub(super) triple: &'static str,
    /// What it is called in the wheel's name, the oldest C library included.
    pub(super) platforms: &'static [&'static str],
    /// The number of the processor, as libraries have it.
    pub(super) machine: u64,
    /// The libraries that are on every machine of this kind; nothing else may be asked for.
    pub(super) libraries: &'static [&'static str],
}

const X86_64: u64 = 62;
const AARCH64: u64 = 183;

/// The parts of glibc.
const GLIBC: &[&str] = &[
    "ld-linux-aarch64.so.1",
    "ld-linux-x86-64.so.2",
    "libc.so.6",
    "libdl.so.2",
    "libm.so.6",
    "libpthread.so.0",
];
/// All of musl is in one.
const MUSL: &[&str] = &["libc.so"];

pub(super) const TARGETS: [Target; 4] = [
    Target {
        triple: "x86_64-unknown-linux-gnu",
        platforms: &["manylinux2014_x86_64", "manylinux_2_17_x86_64"],
        machine: X86_64,
        libraries: GLIBC,
    },
    Target {
        triple: "aarch64-unknown-linux-gnu",
        platforms: &["manylinux2014_aarch64", "manylinux_2_17_aarch64"],
        machine: AARCH64,
        libraries: GLIBC,
    },
    Target {
        triple: "x86_64-unknown-linux-musl",
        platforms: &["musllinux_1_2_x86_64"],
        machine: X86_64,
        libraries: MUSL,
    },
    Target {
        triple: "aarch64-unknown-linux-musl",
        platforms: &["musllinux_1_2_aarch64"],
        machine: AARCH64,
        libraries: MUSL,
    },
];

impl Target {
    /// One library for every Python: it is loaded by ctypes, and knows of no version.
    pub(super) fn wheel(&self) -> String {
        let platforms = self.platforms.join(".");
        format!(
            "{}-{}-py3-none-{platforms}.whl",
            super::NAME,
            super::VERSION
        )
    }

    /// The name by which maturin knows what the wheel has to run with.
    pub(super) fn compatibility(&self) -> &'static str {
        let name = self.platforms.first().copied().unwrap_or_default();
        let end = ["_x86_64", "_aarch64"];
        end.iter()
            .find_map(|end| name.strip_suffix(end))
            .unwrap_or(name)
    }

    pub(super) fn is_glibc(&self) -> bool {
        self.libraries == GLIBC
    }

    pub(super) fn is_this_machines(&self) -> bool {
        let library = if cfg!(target_env = "musl") {
            "musl"
        } else {
            "gnu"
        };
        let this = format!("{}-unknown-linux-{library}", std::env::consts::ARCH);
        cfg!(target_os = "linux") && self.triple == this
    }
}

#[cfg(test)]
mod tests {
    use super::TARGETS;

    #[test]
    fn the_names_are_those_that_pip_knows() {
        let [first, .., last] = &TARGETS;
        let version = super::super::VERSION;
        assert_eq!(
            first.wheel(),
            format!(
                "square_oauth-{version}-py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.whl"
            )
        );
        assert_eq!(first.compatibility(), "manylinux2014");
        assert_eq!(last.compatibility(), "musllinux_1_2");
        assert!(first.is_glibc() && !last.is_glibc());
    }
}
