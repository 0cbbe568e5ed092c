//! Forms on a page. No HTML parser: it reads tags and attributes as the pages here write them.

/// A form: where it posts to, and what it posts as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// Where it posts to.
    pub action: String,
    /// Hidden fields, and the choices that are made already.
    pub fields: Vec<(String, String)>,
    /// Choices that could be made: radio buttons.
    pub choices: Vec<(String, String)>,
    /// Buttons that have a name, and their values.
    pub buttons: Vec<(String, String)>,
}

impl Form {
    /// The forms of a page, in order.
    #[must_use]
    pub fn all(page: &str) -> Vec<Self> {
        let mut forms: Vec<Self> = Vec::new();
        for tag in page.split('<').skip(1).filter_map(Tag::read) {
            if tag.name == "form" {
                forms.push(Self {
                    action: tag.value("action"),
                    ..Self::default()
                });
            } else if let Some(form) = forms.last_mut() {
                form.add(&tag);
            }
        }
        forms
    }

    /// Makes another choice.
    pub fn choose(&mut self, name: &str, value: &str) {
        self.fields.retain(|(field, _)| field != name);
        self.fields.push((name.to_owned(), value.to_owned()));
    }

    fn add(&mut self, tag: &Tag) {
        let field = (tag.value("name"), tag.value("value"));
        match (&*tag.name, &*tag.value("type")) {
            ("button", _) if !field.0.is_empty() => self.buttons.push(field),
            ("input", "radio") => {
                if tag.has("checked") {
                    self.fields.push(field.clone());
                }
                self.choices.push(field);
            }
            ("input", "hidden") => self.fields.push(field),
            _ => {}
        }
    }
}

struct Tag {
    name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    /// Reads what stands behind a `<`.
    fn read(text: &str) -> Option<Self> {
        let (name, mut rest) = match text.split_once([' ', '>'])? {
            (name, rest) if text.starts_with(&format!("{name} ")) => (name, rest),
            (name, _) => (name, ""),
        };
        let mut attributes = Vec::new();
        loop {
            rest = rest.trim_start();
            let end = rest.find([' ', '=', '>']).unwrap_or(rest.len());
            let (name, behind) = rest.split_at(end);
            if name.is_empty() {
                break;
            }
            let value = behind.strip_prefix("=\"").and_then(|v| v.split_once('"'));
            let (value, behind) = value.unwrap_or(("", behind));
            attributes.push((name.to_owned(), unescape(value)));
            rest = behind;
        }
        Some(Self {
            name: name.to_owned(),
            attributes,
        })
    }

    fn has(&self, name: &str) -> bool {
        self.attributes.iter().any(|(own, _)| own == name)
    }

    fn value(&self, name: &str) -> String {
        let mut found = self.attributes.iter().filter(|(own, _)| own == name);
        found
            .next()
            .map(|(_, value)| value.clone())
            .unwrap_or_default()
    }
}

fn unescape(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">");
    let text = text.replace("&quot;", "\"").replace("&#39;", "'");
    text.replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::Form;

    #[test]
    fn a_form_posts_its_hidden_fields_and_the_choice_that_is_made() {
        let page = r#"<h1>a</h1><form method="post" action="/go?a=1&amp;b=2">
            <input type="hidden" name="state" value="a&amp;&quot;b&lt;">
            <input type="radio" name="seller" value="M1" checked required>
            <input type="radio" name="seller" value="M2" required>
            <button name="decision" value="allow">Allow</button><button>Plain</button></form>"#;
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        let mut forms = Form::all(page);
        let mut form = forms.remove(0);
        assert_eq!(form.action, "/go?a=1&b=2");
        assert_eq!(form.fields, [pair("state", "a&\"b<"), pair("seller", "M1")]);
        assert_eq!(form.choices, [pair("seller", "M1"), pair("seller", "M2")]);
        assert_eq!(form.buttons, [pair("decision", "allow")]);

        form.choose("seller", "M2");
        assert_eq!(form.fields, [pair("state", "a&\"b<"), pair("seller", "M2")]);
    }

    #[test]
    fn a_page_without_forms_has_none() {
        assert_eq!(Form::all("<p>1 < 2 <b>bold</b>"), []);
    }
}
