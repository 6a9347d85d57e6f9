use std::borrow::Cow;

use js_sys::Number;
use leptos::{
    prelude::{Get, Memo, RenderEffect, RwSignal, Signal},
    tachys::renderer::{Rndr, types::Element},
};
use wasm_bindgen::JsValue;

/// What an attribute, a class or a property is set to.
#[derive(PartialEq)]
pub(crate) enum Setting {
    /// Not there; `false`.
    Absent,
    /// There, without a text; `true`.
    Present,
    /// A text.
    Text(Cow<'static, str>),
    /// A number.
    Number(f64),
}

/// A setting, or what answers it.
pub(crate) enum Value {
    /// As long as the view stands.
    Fixed(Setting),
    /// Again when what it read changes.
    Follow(Box<dyn FnMut() -> Setting>),
}

/// What is set, and of which element.
#[derive(Clone)]
pub(super) struct Place {
    pub(super) element: Element,
    pub(super) target: Target,
    pub(super) name: &'static str,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    Attribute,
    Class,
    Property,
}

/// A value that is set.
pub(super) struct ValueState {
    place: Place,
    set: Set,
}

enum Set {
    Fixed(Setting),
    Follow(RenderEffect<Setting>),
}

impl Value {
    pub(super) fn build(self, place: Place) -> ValueState {
        // Nothing is there yet; a property may be, from the start.
        self.over(place, Setting::Absent)
    }

    pub(super) fn rebuild(self, state: &mut ValueState) {
        let before = match &mut state.set {
            Set::Fixed(before) => std::mem::replace(before, Setting::Absent),
            Set::Follow(effect) => effect.take_value().unwrap_or(Setting::Absent),
        };
        *state = self.over(state.place.clone(), before);
    }

    fn over(self, place: Place, before: Setting) -> ValueState {
        let set = match self {
            Self::Fixed(setting) => {
                place.set(&before, &setting);
                Set::Fixed(setting)
            }
            Self::Follow(mut setting) => {
                let place = place.clone();
                let follow = move |before: Option<Setting>| {
                    let now = setting();
                    place.set(&before.unwrap_or(Setting::Absent), &now);
                    now
                };
                Set::Follow(RenderEffect::new_with_value(follow, Some(before)))
            }
        };
        ValueState { place, set }
    }
}

impl Place {
    fn set(&self, before: &Setting, now: &Setting) {
        let Self { element, target, name } = self;
        // A person may have changed a property meanwhile.
        if before == now && *target != Target::Property {
            return;
        }
        match (target, now) {
            (Target::Attribute, Setting::Absent) => Rndr::remove_attribute(element, name),
            (Target::Attribute, Setting::Present) => Rndr::set_attribute(element, name, ""),
            (Target::Attribute, Setting::Text(text)) => Rndr::set_attribute(element, name, text),
            (Target::Attribute, Setting::Number(number)) => {
                let text =
                    Number::from(*number).to_string_with_radix(10).map(String::from).unwrap_or_default();
                Rndr::set_attribute(element, name, &text);
            }
            (Target::Class, Setting::Absent) => Rndr::remove_class(&element.class_list(), name),
            (Target::Class, _) => Rndr::add_class(&element.class_list(), name),
            (Target::Property, setting) => {
                let value = match setting {
                    Setting::Absent => JsValue::FALSE,
                    Setting::Present => JsValue::TRUE,
                    Setting::Text(text) => JsValue::from_str(text),
                    Setting::Number(number) => JsValue::from_f64(*number),
                };
                Rndr::set_property_or_value(element, name, &value);
            }
        }
    }
}

/// What may stand for an attribute, a class or a property.
pub(crate) trait Follow {
    fn follow(self) -> Value;
}

impl<T: IntoSetting, F: FnMut() -> T + 'static> Follow for F {
    fn follow(mut self) -> Value {
        Value::Follow(Box::new(move || self().into_setting()))
    }
}

/// What may be a setting.
pub(crate) trait IntoSetting {
    fn into_setting(self) -> Setting;
}

impl IntoSetting for bool {
    fn into_setting(self) -> Setting {
        if self { Setting::Present } else { Setting::Absent }
    }
}

impl IntoSetting for f64 {
    fn into_setting(self) -> Setting {
        Setting::Number(self)
    }
}

impl IntoSetting for u32 {
    fn into_setting(self) -> Setting {
        Setting::Number(self.into())
    }
}

impl<T: IntoSetting> IntoSetting for Option<T> {
    fn into_setting(self) -> Setting {
        self.map_or(Setting::Absent, T::into_setting)
    }
}

impl<T: IntoSetting> Follow for Option<T> {
    fn follow(self) -> Value {
        Value::Fixed(self.into_setting())
    }
}

macro_rules! texts {
    ($($type:ty)*) => {
        $(impl IntoSetting for $type {
            fn into_setting(self) -> Setting {
                Setting::Text(self.into())
            }
        })*
    };
}

texts!(&'static str String Cow<'static, str>);

macro_rules! fixed {
    ($($type:ty)*) => {
        $(impl Follow for $type {
            fn follow(self) -> Value {
                Value::Fixed(self.into_setting())
            }
        })*
    };
}

fixed!(bool f64 u32 &'static str String Cow<'static, str>);

macro_rules! signals {
    ($($type:ident)*) => {
        $(impl<T: IntoSetting + Clone + Send + Sync + 'static> Follow for $type<T> {
            fn follow(self) -> Value {
                (move || self.get()).follow()
            }
        })*
    };
}

signals!(Memo RwSignal Signal);
