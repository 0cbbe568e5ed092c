//! The facts that come with an event or a call.

use core::fmt::Debug;

use tracing::field::{Field, Visit};

use super::LogField;

/// Facts as they were recorded; a later one of the same name takes the earlier one's place.
#[derive(Clone, Debug, Default)]
pub(super) struct Fields {
    pub(super) message: String,
    pub(super) list: Vec<LogField>,
}

impl Fields {
    pub(super) fn put(&mut self, name: &str, value: String) {
        match self.list.iter_mut().find(|field| field.name == name) {
            Some(field) => field.value = value,
            None => self.list.push(LogField {
                name: name.to_owned(),
                value,
            }),
        }
    }
}

impl Visit for Fields {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.put(field.name(), value.to_owned());
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let value = format!("{value:?}");
        match field.name() {
            "message" => self.message = value,
            name => self.put(name, value),
        }
    }
}
