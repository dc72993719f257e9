//! Reads the properties that real servers sent, each as its type in the table of `names/properties.rs`. The test needs
//! `MULTISTATUS_CORPUS` to name a folder with `captures` and `corpus/bodies`.

#![allow(
    clippy::extra_unused_lifetimes,
    clippy::needless_lifetimes,
    reason = "the types in the table name one"
)]

use std::{borrow::Cow, path::Path};

use super::*;
use crate::{Href, Multistatus, Name, Props, names::properties, testing::bodies};

macro_rules! rows {
    ($module:ident) => {
        mod $module {
            use super::*;
            properties!($module rows);
        }
    };
    ($namespace:literal $($constant:ident $local:literal: $type:ty, $($(#[$cfg:meta])* $getter:ident,)? $doc:literal;)*) => {
        /// Calls `visit` for each property of the table that `props` has, with the error or with `None` if it was read.
        pub(super) fn read<'a>(props: Props<'_, 'a>, visit: &mut dyn FnMut(Option<ValueError>)) {
            $({
                let name = Name::new($namespace, $local);
                if props.get(name).is_some() {
                    visit(props.read::<$type>(name).err());
                }
            })*
        }
    };
}
properties!(each rows);

fn read_all(props: Props<'_, '_>, visit: &mut dyn FnMut(Option<ValueError>)) {
    macro_rules! read {
        ($module:ident) => {
            $module::read(props, visit)
        };
    }
    properties!(each read);
}

/// The properties and texts that cannot be read. A comment says why the error is right.
const UNREADABLE: &[(&str, &str)] = &[
    // Elements where text belongs.
    ("{DAV:}displayname", "<D:displayname><script>"),
    // The href is not in `DAV:`.
    (
        "{urn:ietf:params:xml:ns:caldav}calendar-home-set",
        "<calendar-home-set xmlns=\"urn:ietf:params:xml:ns:caldav\">",
    ),
    // Years that no calendar has.
    ("{urn:ietf:params:xml:ns:caldav}max-date-time", "+2621421231T235959Z"),
    ("{urn:ietf:params:xml:ns:caldav}min-date-time", "-2621430101T000000Z"),
];

#[test]
#[ignore = "needs the bodies of other collections in MULTISTATUS_CORPUS"]
fn properties_of_real_servers() {
    let root = std::env::var_os("MULTISTATUS_CORPUS").expect("MULTISTATUS_CORPUS names the folder");
    let folders = ["captures", "corpus/bodies"].map(|folder| bodies(&Path::new(&root).join(folder)));
    let (mut read, mut unreadable) = (0, Vec::new());
    for body in folders.iter().flatten() {
        for response in Multistatus::new(body).flatten() {
            read_all(response.props(), &mut |error| {
                read += 1;
                unreadable.extend(error);
            });
        }
    }
    println!(
        "values: {read} of {} bodies, {} unreadable",
        folders.iter().map(Vec::len).sum::<usize>(),
        unreadable.len()
    );
    assert!(read > 60_000);
    let is_like = |error: &ValueError, (property, found): &(&str, &str)| {
        error.property() == *property && error.found().starts_with(found)
    };
    for error in &unreadable {
        assert!(UNREADABLE.iter().any(|known| is_like(error, known)), "{error}: {}", error.found());
    }
    for known in UNREADABLE {
        assert!(unreadable.iter().any(|error| is_like(error, known)), "{known:?} can be read");
    }
}
