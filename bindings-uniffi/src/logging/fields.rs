//! The facts that come with an event or a call.

use core::fmt::Debug;

use tracing::field::{Field, Visit};

use super::{LogField, LogValue};

/// Facts as they were recorded; a later one of the same name takes the earlier one's place.
#[derive(Clone, Debug, Default)]
pub(super) struct Fields {
    pub(super) message: String,
    pub(super) list: Vec<LogField>,
}

impl Fields {
    pub(super) fn put(&mut self, name: &str, value: LogValue) {
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
        let value = value.to_owned();
        self.put(field.name(), LogValue::Text { value });
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.put(field.name(), LogValue::Flag { value });
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.put(field.name(), LogValue::Number { value });
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.record_i64(field, i64::try_from(value).unwrap_or(i64::MAX));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let value = format!("{value:?}");
        match field.name() {
            "message" => self.message = value,
            name => self.put(name, LogValue::Text { value }),
        }
    }
}
