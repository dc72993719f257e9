use multistatus::{Document, Element, Error, Multistatus, OwnedResponse, Response};

use super::{meaning::meaning, options, outline, values::values};

/// A body in memory: everything in it can be walked, the iterator and the lending loop say the same, and the end is
/// the end.
pub fn slice(data: &[u8]) {
    let (choice, body) = data.split_first_chunk().map_or(([0; 3], data), |(choice, body)| (*choice, body));
    let options = options(choice);
    let mut given = Multistatus::with_options(body, &options);
    let items: Vec<_> = given.by_ref().collect();
    for item in &items {
        match item {
            Ok(response) => walk(response, body),
            Err(error) => sound(error, body),
        }
    }
    let fatal = items.iter().position(|item| item.as_ref().is_err_and(Error::is_fatal));
    assert!(fatal.is_none_or(|at| at + 1 == items.len()), "nothing comes behind a fatal error");
    assert_eq!(given.finish().is_err(), fatal.is_some());

    meaning(body, &options);
    let mut lent = Multistatus::with_options(body, &options);
    for item in &items {
        match (lent.next_response(), item) {
            (Ok(Some(lent)), Ok(given)) => assert_eq!(outline(&lent), outline(given)),
            (Err(lent), Err(given)) => assert_eq!(lent.to_string(), given.to_string()),
            (lent, given) => panic!("lent {lent:?}, given {given:?}"),
        }
    }
    let trailer = lent.finish();
    assert_eq!(trailer.is_err(), fatal.is_some());
    if let Ok(trailer) = trailer {
        assert_eq!(trailer.unseen(), 0);
        assert_eq!(trailer.faults(), items.iter().filter(|item| item.is_err()).count() as u64);
    }
    match Document::with_options(body, &options) {
        Ok(Document::Other(root)) => {
            walk_element(root.element(), body);
            root.conditions()
                .chain(root.propstats().flat_map(|p| p.elements()))
                .for_each(|e| walk_element(e, body));
        }
        Ok(_) => {}
        Err(error) => sound(&error, body),
    }
}

fn sound(error: &Error, body: &[u8]) {
    assert!(error.offset() <= body.len() as u64);
    let text = error.to_string();
    assert!(text.len() <= 512 && !text.chars().any(char::is_control), "{text:?}");
    error.line_column(body);
}

fn walk(response: &Response<'_>, body: &[u8]) {
    assert!(response.offset() <= body.len() as u64);
    let raw = response.raw();
    assert!(raw.len() <= body.len());
    let _ = (response.status().map(|s| s.reason().len()), response.disposition(), response.description());
    let _ = (response.location(), response.hrefs().count(), response.repaired().count());
    for propstat in response.propstats() {
        let _ = (propstat.effective_status(), propstat.description(), propstat.conditions().count());
        for element in propstat.elements() {
            walk_element(element, body);
            let _ = response.lookup(element.name());
            assert!(response.props().get_all(element.name()).count() <= raw.len());
        }
    }
    for element in response.conditions().chain(response.props().iter()) {
        walk_element(element, body);
    }
    let copy = OwnedResponse::from(response);
    assert_eq!(copy, copy.as_response().into_owned());
    values(response, body);
}

fn walk_element(element: Element<'_, '_>, body: &[u8]) {
    let _ = (element.name().to_string(), element.lang(), element.is_empty(), element.namespaces().count());
    assert!(element.offset() <= body.len() as u64);
    // A character reference of five bytes can stand for one of four; a line feed becomes two.
    assert!(element.text().len() <= body.len() * 4 && element.text_crlf().len() <= body.len() * 4);
    assert!(element.attributes().all(|attribute| element.attribute(&attribute.name.to_string()).is_some()
        || attribute.name.is_undeclared()));
    let _ = element.hrefs().count();
    for response in element.responses().flatten() {
        let _ = (response.href(), response.props().iter().count(), response.disposition());
    }
    for child in element.children() {
        let _ = (child.name(), child.text(), child.raw());
    }
}
