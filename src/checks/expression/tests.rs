//! The page of the grammar, run; and the laws: what is printed reads back, and no text does harm.

use std::fmt::Write;

use proptest::prelude::*;

use super::*;

/// The fenced block of the page that is marked so.
fn block(mark: &str) -> &'static str {
    let mut fenced = GRAMMAR.split("```").skip(1).step_by(2).filter_map(|block| block.split_once('\n'));
    fenced.find(|(found, _)| *found == mark).unwrap().1
}

fn part(text: &str, range: Range<usize>) -> &str {
    text.get(range).unwrap()
}

/// What the page shows of a fault: the text, marks under its place, what must hold, what to write.
fn show(text: &str, fault: &SyntaxFault) -> String {
    let width = |range| part(text, range).chars().count();
    let indent = " ".repeat(width(0..fault.span.start));
    let marks = "^".repeat(width(fault.span.clone()).max(1));
    let mut shown = format!("{text}\n{indent}{marks} {}\n", fault.message);
    if let Some(help) = &fault.help {
        writeln!(shown, "{indent}{} {help}", " ".repeat(marks.len())).unwrap();
    }
    shown
}

#[test]
fn the_examples_of_the_page_agree() {
    for line in block("agrees").lines() {
        let (written, printed) = line.split_once('⇒').unwrap_or((line, line));
        let read = parse(written.trim()).unwrap_or_else(|fault| panic!("{}", show(written.trim(), &fault)));
        assert_eq!(read.to_string(), printed.trim());
    }
}

#[test]
fn the_refused_examples_of_the_page_are_refused_in_these_words() {
    let texts = block("refused").split("\n\n").filter_map(|example| example.lines().next());
    let shown: Vec<String> = texts.map(|text| show(text, &parse(text).expect_err(text))).collect();
    assert_eq!(block("refused"), shown.join("\n"), "{}", shown.join("\n"));
}

/// What holds for every text: a place inside it, or a tree that reads back from what it prints.
fn assert_sound(text: &str) {
    match parse(text) {
        Ok(read) => {
            let printed = read.to_string();
            let again = parse(&printed).unwrap_or_else(|fault| panic!("{}", show(&printed, &fault)));
            assert_eq!(shape(&again), shape(&read), "{text} is printed as {printed}");
        }
        Err(fault) => {
            assert!(text.get(fault.span.clone()).is_some(), "{text:?}: {fault:?}");
            assert!(fault.message.contains("; found "), "{fault:?}");
            assert!(fault.message.chars().count() < 200, "{fault:?}");
        }
    }
}

/// The tree without its places.
fn shape(expression: &Expression) -> String {
    let debug = format!("{expression:?}");
    debug
        .split("span: ")
        .map(|part| part.trim_start_matches(|found: char| found.is_ascii_digit() || found == '.'))
        .collect()
}

#[test]
fn an_expression_cut_anywhere_is_read_or_refused_with_its_place() {
    for line in block("agrees").lines() {
        for (cut, _) in line.char_indices() {
            assert_sound(part(line, 0..cut));
            assert_sound(part(line, cut..line.len()));
        }
    }
}

#[test]
fn faults_point_at_what_is_wrong() {
    let place = |text: &str| parse(text).unwrap_err().span;
    assert_eq!(place("a == (b + c"), 5..6);
    assert_eq!(place("cards[place=a == 3, b == 4"), 14..16);
    assert_eq!(place("دوائر == مدارس مدن"), 25..31);
    assert_eq!(place("a == "), 5..5);
    assert_eq!(place("a == \"open"), 5..10);
    assert_eq!(place("a == \u{202e}b"), 5..8);
    assert_eq!(place("y+10000 == a"), 0..7);
    assert_eq!(place(""), 0..0);
}

#[test]
fn misspelled_functions_are_recognised() {
    let help = |text: &str| parse(text).unwrap_err().help;
    assert_eq!(help("day(a) == 3").as_deref(), Some("did you mean `days`?"));
    assert_eq!(help("average(a) == 3"), None);
}

#[test]
fn depth_is_limited_and_width_is_not() {
    let nested = |depth: usize| format!("{}a{} == 1", "(".repeat(depth), ")".repeat(depth));
    assert!(parse(&nested(MAX_DEPTH)).is_ok());
    assert_eq!(parse(&nested(MAX_DEPTH + 1)).unwrap_err().span, MAX_DEPTH..MAX_DEPTH + 1);
    assert!(parse(&nested(10_000)).unwrap_err().message.contains("64 levels"));
    assert!(parse(&format!("{}a == 1", "-".repeat(10_000))).unwrap_err().message.contains("64 levels"));

    let wide = format!("{}b == 1", "a + ".repeat(10_000));
    let read = parse(&wide).unwrap();
    assert_eq!(read.terms().count(), 10_001);
    assert_eq!(read.to_string(), wide);
}

#[test]
fn length_is_limited() {
    assert!(parse(&format!("{}a == 1", " ".repeat(MAX_LENGTH - 6))).is_ok());
    assert!(
        parse(&format!("{}a == 1", " ".repeat(MAX_LENGTH - 5))).unwrap_err().message.contains("65536 bytes")
    );
    assert_eq!(parse(&format!("a == {}", "9".repeat(401))).unwrap_err().span, 5..406);
}

#[test]
fn minus_binds_tighter_than_product_and_product_than_sum() {
    let Node::Sum { first, rest } = parse_operand("-a * b - c / d").unwrap().node else { panic!("a sum") };
    let Node::Product { first: factor, .. } = first.node else { panic!("a product") };
    assert!(matches!(factor.node, Node::Negative(_)));
    let [(Sign::Minus, quotient)] = rest.as_slice() else { panic!("one part is subtracted") };
    assert!(matches!(quotient.node, Node::Product { .. }));
}

#[test]
fn an_operand_stands_alone() {
    let ratio = parse_operand("street-interventions / emergency-calls").unwrap();
    assert_eq!(
        ratio.terms().map(|term| term.name.as_str()).collect::<Vec<_>>(),
        ["street-interventions", "emergency-calls"]
    );
    assert_eq!(parse_operand("a == b").unwrap_err().span, 2..4);
}

#[test]
fn every_form_of_a_term_is_told_apart() {
    let term = |text: &str| match parse_operand(text).unwrap().node {
        Node::Term(term) => term,
        other => panic!("{other:?}"),
    };
    let values =
        term("a[b=*, c=any, d=$p, e=rabat, f=3, g=\"any\"]").filters.into_iter().map(|filter| filter.value);
    let is = |text: &str| FilterValue::Is(text.to_owned());
    let wanted = [
        FilterValue::Each,
        FilterValue::Any,
        FilterValue::Bind("p".to_owned()),
        is("rabat"),
        is("3"),
        is("any"),
    ];
    assert_eq!(values.collect::<Vec<_>>(), wanted);
    assert_eq!(term("a @y-1").at, Some(At::Year(-1)));
    assert_eq!(term("a @y+1").at, Some(At::Year(1)));
    assert_eq!(term("a @2023").at, Some(At::Fixed(2023)));
    assert_eq!(term("\"y-1\"").name, "y-1");
    assert_eq!(parse_operand("y-1").unwrap().node, Node::Year(-1));
    assert_eq!(parse_operand("2%").unwrap().node, Node::Percent(Number::TWO));
    assert_eq!(parse_operand("2 km²").unwrap().node, Node::Quantity(Number::TWO, "km²".to_owned()));
}

#[test]
fn walkers_go_from_left_to_right_with_places() {
    let text = "if a @2023 < 100 then -(b + days(c)) * d[x=1] == e @y-1";
    let read = parse(text).unwrap();
    let places: Vec<&str> = read.terms().map(|term| part(text, term.span.clone())).collect();
    assert_eq!(places, ["a @2023", "b", "c", "d[x=1]", "e @y-1"]);
    let operands: Vec<&str> = read.operands().map(|operand| part(text, operand.span.clone())).collect();
    let then =
        ["-(b + days(c)) * d[x=1]", "-(b + days(c))", "(b + days(c))", "b", "days(c)", "d[x=1]", "e @y-1"];
    assert_eq!(operands, [["a @2023", "100"].as_slice(), &then].concat());
}

#[test]
fn a_chain_is_its_pairs() {
    let read = parse("1 <= x == y-1 < 50").unwrap();
    let pairs: Vec<String> = read
        .root
        .comparisons()
        .flat_map(Comparison::pairs)
        .map(|(a, is, b)| format!("{a} {is} {b}"))
        .collect();
    assert_eq!(pairs, ["1 <= x", "x == y-1", "y-1 < 50"]);
}

#[test]
fn the_year_is_used_where_y_stands() {
    let uses = |text: &str| parse(text).unwrap().uses_year();
    assert!(uses("a == 2 * (3 + y-1)") && uses("if a @y < 3 then b == 1") && uses("end(a @y) < b"));
    assert!(!uses("a @2023 == \"y\"") && !uses("year(a) == 2024"));
}

fn name() -> impl Strategy<Value = String> {
    let quoted = "[ -!#-~]{1,6}".prop_filter("a name", |name| !name.trim().is_empty());
    prop_oneof![
        "[a-zا-ي][a-z0-9_-]{0,5}",
        quoted,
        proptest::sample::select(RESERVED.map(str::to_owned).to_vec())
    ]
}

fn number() -> impl Strategy<Value = Number> {
    "[0-9]{1,5}([.][0-9]{1,3})?".prop_map(|text| Number::parse(&text).unwrap())
}

fn term() -> impl Strategy<Value = TermRef> {
    let value = prop_oneof![
        Just(FilterValue::Each),
        Just(FilterValue::Any),
        "[p-s][a-z0-9]{0,2}".prop_map(FilterValue::Bind),
        name().prop_map(FilterValue::Is),
        "[0-9]{1,3}".prop_map(FilterValue::Is),
    ];
    let filters = proptest::collection::btree_map(name(), value, 0..3).prop_map(|filters| {
        filters.into_iter().map(|(dimension, value)| Filter { dimension, value, span: 0..0 }).collect()
    });
    let at =
        proptest::option::of(prop_oneof![(-9999..=9999).prop_map(At::Year), (0..=9999).prop_map(At::Fixed)]);
    (name(), filters, at).prop_map(|(name, filters, at)| TermRef { name, filters, at, span: 0..0 })
}

fn placed(node: Node) -> Operand {
    Operand { node, span: 0..0 }
}

fn operand() -> impl Strategy<Value = Operand> {
    let function =
        proptest::sample::select(vec![Function::Days, Function::Year, Function::Start, Function::End]);
    let leaf = prop_oneof![
        number().prop_map(Node::Number),
        number().prop_map(Node::Percent),
        (number(), name()).prop_map(|(number, unit)| Node::Quantity(number, unit)),
        "[0-9]{4}-[0-9]{2}(-[0-9]{2})?".prop_map(Node::Date),
        (-9999..=9999).prop_map(Node::Year),
        term().prop_map(Node::Term),
        (function, term()).prop_map(|(function, term)| Node::Call(function, term)),
    ];
    leaf.prop_map(placed).prop_recursive(4, 24, 4, |inner| {
        let signs = proptest::sample::select(vec![Sign::Plus, Sign::Minus]);
        let factors = proptest::sample::select(vec![Factor::Times, Factor::Over]);
        let first = || inner.clone().prop_map(Box::new);
        prop_oneof![
            first().prop_map(Node::Negative),
            (first(), proptest::collection::vec((signs, inner.clone()), 1..4))
                .prop_map(|(first, rest)| Node::Sum { first, rest }),
            (first(), proptest::collection::vec((factors, inner.clone()), 1..4))
                .prop_map(|(first, rest)| Node::Product { first, rest }),
        ]
        .prop_map(placed)
    })
}

fn comparison() -> impl Strategy<Value = Comparison> {
    let rising = vec![Operator::Equal, Operator::AtMost, Operator::Less];
    let falling = vec![Operator::Equal, Operator::AtLeast, Operator::Greater];
    let chain = |operators| proptest::collection::vec((proptest::sample::select(operators), operand()), 1..3);
    (operand(), prop_oneof![chain(rising), chain(falling)]).prop_map(|(first, rest)| Comparison {
        first,
        rest,
        span: 0..0,
    })
}

fn expression() -> impl Strategy<Value = Expression> {
    let several = |least| proptest::collection::vec(comparison(), least..3);
    let statement = prop_oneof![
        comparison().prop_map(Statement::Compare),
        several(2).prop_map(Statement::All),
        (several(1), several(1)).prop_map(|(condition, then)| Statement::If { condition, then }),
    ];
    statement.prop_map(|root| Expression { root })
}

proptest! {
    #[test]
    fn what_is_printed_reads_back(written in expression()) {
        let printed = written.to_string();
        let read = parse(&printed).unwrap_or_else(|fault| panic!("{}", show(&printed, &fault)));
        prop_assert_eq!(shape(&read), shape(&written), "{}", printed);
    }

    #[test]
    fn any_text_is_read_or_refused(text in any::<String>()) {
        assert_sound(&text);
        assert_sound(&format!("a == {text}"));
    }

    #[test]
    fn any_tokens_are_read_or_refused(tokens in proptest::collection::vec(proptest::sample::select(TOKENS.to_vec()), 0..24)) {
        assert_sound(&tokens.concat());
        assert_sound(&tokens.join(" "));
    }
}

const TOKENS: [&str; 40] = [
    "a",
    "دوائر",
    "y",
    "y-1",
    "any",
    "if",
    "then",
    "and",
    "sum",
    "days",
    "end",
    "x(",
    "sum(",
    "(",
    ")",
    "[",
    "]",
    "[b=",
    "=",
    "==",
    "<",
    "<=",
    ">",
    ">=",
    "!=",
    "+",
    "-",
    "*",
    "/",
    ",",
    ".",
    "@",
    "@y",
    "$",
    "%",
    "1",
    "2.5",
    "2024-06",
    "\"",
    " ",
];
