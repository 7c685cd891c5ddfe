//! Value phrases and quotes: what each says.

use crate::numeral::{Convention, Counted, Fault, Phrase, read_phrase, read_quote};
use crate::quantity::Hedge;

fn phrase(text: &str) -> Result<Phrase, Fault> {
    read_phrase(text, &Convention::default(), Counted::Yes)
}

/// `text => value hedge unit`, in short.
fn told(read: Result<Phrase, Fault>) -> String {
    match read {
        Err(fault) => format!("{fault}"),
        Ok(Phrase { figure, unit, .. }) => {
            let upper = figure.upper.map_or(String::new(), |upper| format!("..{upper}"));
            let hedge =
                if figure.hedge == Hedge::Bare { String::new() } else { format!(" {}", figure.hedge.name()) };
            let unit = unit.map_or(String::new(), |unit| format!(" [{unit}]"));
            format!("{}{upper}{hedge}{unit}", figure.value)
        }
    }
}

#[test]
fn phrases_of_the_format() {
    for (text, expected) in [
        ("19", "19"),
        ("over 117", "117 more-than"),
        ("at least 4", "4 at-least"),
        ("about 515 thousand", "515000 about"),
        ("100..200", "100..200 between"),
        ("dozens", "20 dozens"),
        ("some", "1 some"),
        ("90%", "90 [%]"),
        ("4.269.781", "4269781"),
        ("6,500", "6500"),
        ("19 million 722 thousand 41", "19722041"),
        ("half a million", "500000 half"),
        ("-12.5", "-12.5"),
        ("-12.5 million EUR", "-12500000 [EUR]"),
        ("-5..5", "-5..5 between"),
        ("minus 12.5 thousand", "-12500"),
        ("moins 5", "-5"),
        ("+62", "62"),
        ("+12.5 thousand", "12500"),
        ("ناقص 5", "-5"),
        ("24 districts", "24 [districts]"),
        ("210 km2", "210 [km2]"),
        ("19 districts at least", "19 at-least [districts]"),
        ("dozens of thousands of visitors", "20000 dozens [visitors]"),
        ("between 5 and 7 districts", "5..7 between [districts]"),
        ("from 5 to 7", "5..7 between"),
        ("2-3 million", "2000000..3000000 between"),
        ("more than half a million visitors", "500000 more-than [visitors]"),
        ("a few hundred", "300 a-few"),
        ("two dozen", "24"),
        ("several dozen", "20 dozens"),
        ("a few dozen cars", "36 a-few [cars]"),
        ("a handful of firms", "3 a-few [firms]"),
        ("at most 2000", "2000 at-most"),
        ("two and a half hours", "2.5 [hours]"),
        ("no more than twelve", "12 at-most"),
        ("$5m", "5000000"),
        ("2024", "2024"),
        ("one", "1"),
    ] {
        assert_eq!(told(phrase(text)), expected, "{text}");
    }
}

#[test]
fn french_phrases() {
    for (text, expected) in [
        ("plus de 117", "117 more-than"),
        ("au moins 4 centres", "4 at-least [centres]"),
        ("environ 515 mille", "515000 about"),
        ("entre 5 et 7 km2", "5..7 between [km2]"),
        ("des dizaines de milliers", "20000 dozens"),
        ("un demi-million de visiteurs", "500000 half [visiteurs]"),
        ("1,2 million", "1200000"),
        ("90 pour cent", "90 [%]"),
        ("quatre-vingt-dix-sept agents", "97 [agents]"),
        ("une vingtaine d'agents", "20 about [agents]"),
        ("jusqu'à 40", "40 at-most"),
        ("12 345,67 dirhams", "12345.67 [dirhams]"),
        ("deux tiers", "2/3"),
        ("3,4 Md€", "3400000000 [€]"),
        ("quelques centaines", "300 a-few"),
        ("quelques dizaines d'agents", "30 a-few [agents]"),
        ("plusieurs milliers de visiteurs", "2000 thousands [visiteurs]"),
        ("45 p. 100", "45 [%]"),
    ] {
        assert_eq!(told(phrase(text)), expected, "{text}");
    }
}

#[test]
fn arabic_phrases() {
    for (text, expected) in [
        ("أربعة وعشرون", "24"),
        ("19 مليون و722 ألف و41", "19722041"),
        ("أكثر من 117", "117 more-than"),
        ("لا يقل عن 4 مراكز", "4 at-least [مراكز]"),
        ("حوالي ٥١٥ ألف زائر", "515000 about [زائر]"),
        ("نصف مليون", "500000 half"),
        ("ثلاثة أرباع المليون", "750000 half"),
        ("ما بين 5 و7", "5..7 between"),
        ("عشرات الآلاف", "20000 dozens"),
        ("مئات", "200 hundreds"),
        ("بضعة آلاف", "3000 a-few"),
        ("بضع عشرات", "30 a-few"),
        ("بضع مئات الزوار", "300 a-few [الزوار]"),
        ("عدة آلاف", "2000 thousands"),
        ("عدة مئات من الزوار", "200 hundreds [الزوار]"),
        ("على الأكثر 2000", "2000 at-most"),
        ("بعض", "1 some"),
        ("٪٩٠", "90 [%]"),
        ("تسعون في المئة", "90 [%]"),
        ("مكتبتين جديدتين", "2 [مكتبتين جديدتين]"),
        ("إحدى عشرة مدرسة", "11 [مدرسة]"),
        ("۱۲٬۳۴۵", "12345"),
        ("مليونان ونصف المليون درهم", "2500000 [درهم]"),
        ("خمسة بالمئة على الأقل", "5 at-least [%]"),
    ] {
        assert_eq!(told(phrase(text)), expected, "{text}");
    }
}

#[test]
fn faults_name_what_is_wrong() {
    let several = |text| matches!(phrase(text), Err(Fault::SeveralFigures(figures)) if figures.len() == 2);
    assert!(several("12 and 13") && several("24/7") && several("نصف مليون (515 ألف)"));
    assert_eq!(phrase("  "), Err(Fault::Empty));
    assert_eq!(phrase("many"), Err(Fault::NoFigure));
    assert_eq!(phrase("population 19"), Err(Fault::LeftOver { span: 0..10 }));
    assert_eq!(phrase("between 5"), Err(Fault::LeftOver { span: 0..7 }));
    assert_eq!(phrase("19 + x"), Err(Fault::LeftOver { span: 3..6 }));
    assert_eq!(phrase("1.23.456"), Err(Fault::MalformedGroups));
    assert_eq!(phrase(&"7".repeat(10_000)), Err(Fault::TooManyDigits));
    assert_eq!(phrase(&"19 ".repeat(10_000)), Err(Fault::TooLong));
    assert!(matches!(
        read_phrase("867.042", &Convention::default(), Counted::Unknown),
        Err(Fault::AmbiguousSeparator { .. })
    ));
}

#[test]
fn a_doubtful_separator_shows_both_readings() {
    let commas = Convention { group: Some(','), decimal: None };
    let phrase = read_phrase("867.042 interventions", &commas, Counted::Yes).unwrap();
    let doubt = phrase.doubt.unwrap();
    assert_eq!(
        (phrase.figure.value.to_string(), doubt.grouped.to_string(), doubt.decimal.to_string()),
        ("867042".into(), "867042".into(), "867.042".into())
    );
}

#[test]
fn quotes_hold_one_figure_among_words() {
    let quote = |text| told(read_quote(text, &Convention::default(), Counted::Unknown));
    for (text, expected) in [
        ("سجلت أكثر من 231 مخالفة", "231 more-than [مخالفة]"),
        ("بلغت نسبة التقدم 80%", "80 [%]"),
        ("افتتاح مكتبتين جديدتين", "2 [مكتبتين]"),
        ("عشر قرى جديدة في سنة 2021", "10 [قرى]"),
        ("le 3e forum a réuni 1 200 visiteurs en 2019", "1200 [visiteurs]"),
        ("24/7 with 12 cameras of type X-7", "12 [cameras]"),
        ("منطقة صناعية جديدة", "no figure is written here"),
        ("الدائرة 24 سنة 2023", "no figure is written here"),
        ("أكثر من ربع مليون زائر (262 ألف)", "2 figures are written here, and one is expected"),
    ] {
        assert_eq!(quote(text), expected, "{text}");
    }
}
