//! Drafts of claims files.

use mizan::finding::Finding;
use mizan::report::concise;

use crate::corpus::{ARABIC, Corpus, ENGLISH, FRENCH, coverage, misplaced};

/// Draft, take the marks away, check: what the draft says stands in the article.
#[test]
fn a_draft_is_a_claims_file_behind_its_marks() {
    for (article, entity) in [(ENGLISH, "harbour"), (ARABIC, "harbour"), (FRENCH, "harbour")] {
        let corpus = Corpus::new(&[], &[("a.txt", article.as_bytes())]);
        let draft = corpus.mizan(&["draft", "articles/a.txt"]);
        assert_eq!(draft.status.code(), Some(0));
        let draft = String::from_utf8(draft.stdout).unwrap();
        assert!(draft.contains(&format!("entity: {entity}, period: 2024")), "{draft}");
        let kept = draft.replace("  # - measure", "  - measure").replace("  #   ", "    ");
        let complete = |claim: &str| {
            claim.replace(
                "measure: …",
                if claim.contains("date:") { "measure: opening" } else { "measure: cranes" },
            )
        };
        let claims: Vec<String> = kept.split("\n  - ").map(complete).collect();
        let claims = claims.join("\n  - ");
        corpus.write("claims/a.yaml", claims.as_bytes());
        let report = corpus.report(true);
        assert!(report.summary.claims >= 3, "{claims}");
        let wrong: Vec<&Finding> = report
            .findings
            .iter()
            .filter(|finding| (100..103).contains(&finding.code.0) || finding.code.0 == 105)
            .collect();
        assert!(wrong.is_empty(), "{}\n{claims}", concise::render(&report));
        assert_eq!(coverage(&report).covered, coverage(&report).figures);
        assert_eq!(coverage(&report).found, coverage(&report).quotes, "{claims}");
        assert!(misplaced(&claims).is_empty(), "{:?}\n{claims}", misplaced(&claims));
    }
}

#[test]
fn a_draft_of_anything_is_a_file_that_can_be_read() {
    for article in ["", "\0\u{202E}: - {[&*!|>'\"%@`#14", "14\n\n\n14 14 14", "12: 5, 'x' \"y\" # {z}"] {
        let draft = mizan::evidence::draft::draft(
            article,
            "odd: name#.txt",
            &mizan::vocabulary::Vocabulary::default(),
        );
        let document = mizan::text::yaml::parse(mizan::text::FileId::default(), &draft);
        assert!(document.faults.is_empty(), "{article:?}: {:?}\n{draft}", document.faults);
    }
}

#[test]
fn a_draft_says_what_belongs_together() {
    let article = "In 2024 it employed 450 people, including 310 women, 95 apprentices and 12 pilots. \
                   Traffic rose 8.5% from 2023 to 12 million tons. By 2027 the quay will be longer by 4 km. \
                   The 12th fair took place from 3 to 5 May 2024.\n";
    let draft = mizan::evidence::draft::draft(article, "a.txt", &mizan::vocabulary::Vocabulary::default());
    for (expected, why) in [
        ("#     - {value: 12, quote: 12 pilots, id: part-3}\n", "the last two things of a list"),
        ("change: up 8.5% from 2023\n", "the base of a change"),
        ("date: ../2027\n  #   status: planned\n", "a deadline"),
        (
            "date: 2024-05-03/2024-05-05\n  #   ordinal: 12\n  #   quote: 12th fair took place from … 3 to 5 May 2024\n",
            "a dated edition",
        ),
    ] {
        assert!(draft.contains(expected), "{why}: {draft}");
    }
    for wrong in
        ["value: 310\n", "period: 2023", "period: 2027", "date: 2023\n", "value: 12 million\n  #   period"]
    {
        assert!(!draft.contains(wrong), "{wrong}: {draft}");
    }
    assert_eq!(
        draft.matches("date: 2024-05-03").count(),
        1,
        "a date that an edition has is no second claim: {draft}"
    );
}

#[test]
fn a_change_is_told_before_or_behind_its_percentage() {
    for (article, change, no_period) in [
        (
            "In 2024 it lent 12,400 books, 8.8% more than in 2023. It opened three halls.",
            "up 8.8% from 2023",
            "2023",
        ),
        (
            "In 2024 it lent 12,400 books, 8.8% less than in 2021. It opened three halls.",
            "down 8.8% from 2021",
            "2021",
        ),
        (
            "En 2024 il y eut 310 incendies, 12 % de moins qu'en 2022, dans 14 forêts.",
            "down 12 % from 2022",
            "2022",
        ),
        ("في سنة 2024 سجلت 310 حرائق، 12% أقل من سنة 2022، في 14 غابة.", "down 12% from 2022", "2022"),
        ("In 2024, 90% more or less agreed.", "value: 90%", "2023"),
    ] {
        let draft =
            mizan::evidence::draft::draft(article, "a.txt", &mizan::vocabulary::Vocabulary::default());
        assert!(draft.contains(change), "{draft}");
        assert!(!draft.contains(&format!("period: {no_period}")), "the base governs nothing: {draft}");
    }
}

#[test]
fn the_last_two_places_of_a_list_are_two() {
    let article = "It opened four branches, including in Aston, Old Mill and Sandy Point. \
                   It hired 12 nurses, such as those in Aston and elsewhere, and some more.";
    let draft = mizan::evidence::draft::draft(article, "a.txt", &mizan::vocabulary::Vocabulary::default());
    for place in ["quote: Aston,", "quote: Old Mill,", "quote: Sandy Point,"] {
        assert!(draft.contains(place), "{place}: {draft}");
    }
    assert!(!draft.contains("quote: elsewhere"), "{draft}");
}

#[test]
fn a_draft_tells_plans_and_bare_values() {
    let draft = |article: &str| {
        mizan::evidence::draft::draft(article, "a.txt", &mizan::vocabulary::Vocabulary::default())
    };
    let told = draft("In 2024 the port will buy 14 cranes. It has 9 cranes.\n");
    assert!(told.contains("value: 14\n  #   status: planned\n"), "{told}");
    assert!(!told.contains("value: 9\n  #   status"), "{told}");
    let told =
        draft("خلال سنة 2024 فتح الميناء عشر بوابات وأربع مصالح، وتعتزم الإدارة اقتناء 14 رافعة برسم سنة 20");
    assert!(told.contains("value: أربع\n"), "{told}");
    assert!(told.contains("status: planned"), "{told}");
    assert!(told.contains("because: this year was cut off}") && !told.contains("date: published"), "{told}");
    let told = draft("Le port en 2024\n\nIl a tenu sa 12e foire du 3 au 5 mai.\n");
    assert!(told.contains("date: 2024-05-03/2024-05-05"), "{told}");
}

/// The clause of a figure decides whether it is planned, not its sentence.
#[test]
fn futures_of_one_verb_are_plans() {
    let draft = |article: &str| {
        mizan::evidence::draft::draft(article, "a.txt", &mizan::vocabulary::Vocabulary::default())
    };
    for (article, planned, done) in [
        ("En 2024, le port a reçu 310 navires et ouvrira 12 quais.\n", "12", "310"),
        ("في سنة 2024 استقبل الميناء 310 سفن، وستفتح الجهة 12 رصيفا.\n", "12", "310"),
        ("In 2024 the port sold 310 boats, and 12 quays will open.\n", "12", "310"),
        ("En 2024, il y aura 12 fêtes, contre 310 l'an dernier.\n", "12", "310"),
    ] {
        let told = draft(article);
        assert!(told.contains(&format!("value: {planned}\n  #   status: planned\n")), "{told}");
        assert!(told.contains(&format!("value: {done}\n  #   quote")), "{told}");
    }
    let told = draft("Le port en 2024\n\nIl tiendra sa 12e foire en mai 2025.\n");
    assert!(told.contains("date: 2025-05\n  #   ordinal: 12\n  #   status: planned\n"), "{told}");
    let told = draft("In 2024 the quay will be built by 2027.\n");
    assert_eq!(told.matches("status: planned").count(), 1, "{told}");
}

#[test]
fn the_line_that_says_when_an_article_appeared_is_read() {
    let draft = |article: &str| {
        mizan::evidence::draft::draft(article, "a.txt", &mizan::vocabulary::Vocabulary::default())
    };
    for line in [
        "Published 12 January 2025",
        "By Anna Holt, Published 12 January 2025, 10:30",
        "First published on Sunday 12 January 2025 at 10:30 GMT",
        "Posted: January 12, 2025",
        "Publié le 12 janvier 2025 à 10h30 | Mis à jour le 14 janvier 2025",
        "Mis en ligne le dimanche 12 janvier 2025.",
        "نشر في 12 يناير 2025",
        "نُشر يوم الأحد 12 يناير 2025 على الساعة 10:30",
        "تاريخ النشر: 12 يناير 2025 | آخر تحديث: 14 يناير 2025",
    ] {
        let told = draft(&format!("A harbour\n{line}\nIn 2024 it lent 12 boats.\n"));
        assert!(told.contains("\n  published: 2025-01-12\n"), "{line}: {told}");
        assert!(!told.contains("date: 2025-01"), "{line}: {told}");
        assert_eq!(told.contains("the day on which the page was changed"), line.contains('|'), "{told}");
    }
    for line in [
        "The report was published on 12 January 2025 and counts boats.",
        "Published 12 January 2025, the report counts boats.",
        "Le rapport, publié le 12 janvier 2025, compte les bateaux.",
        "أصدر الميناء تقريرا نشر في 12 يناير 2025",
        "Salem, 12 January 2025",
        "Updated 12 January 2025",
        "Published in 2025",
        "It has 9 boats, says its report, published on 12 January 2025.",
        "Published on 12 January 2025 by the ministry, the report counts boats.",
        "Publié le 12 janvier 2025 par le ministère, le rapport compte les bateaux.",
        "للميناء قوارب حسب تقرير، نشر في 12 يناير 2025.",
        "Publié le 31 février 2025",
    ] {
        let told = draft(&format!("A harbour\n{line}\nIn 2024 it lent 12 boats.\n"));
        assert!(told.contains("\n  # published: 2024-12?"), "{line}: {told}");
    }
    for line in [
        "Published Sunday, 12 January 2025 2:15 pm EST",
        "Publié le 12 janvier 2025 à 10 h 30.",
        "By Jane Doe, published 12 January 2025",
    ] {
        let told = draft(&format!("A harbour\n{line}\nIn 2024 it lent 12 boats.\n"));
        assert!(told.contains("\n  published: 2025-01-12\n"), "{line}: {told}");
    }
}

/// What is to be done by a year is no figure of it, nor is anything of a year behind the publication.
#[test]
fn the_year_of_an_article_is_none_to_come() {
    let draft = |article: &str| {
        mizan::evidence::draft::draft(article, "a.txt", &mizan::vocabulary::Vocabulary::default())
    };
    for article in [
        "The port has 14 boats and buys 3 more by 2027.\nIn 2024 it had 9.\n",
        "Le port a 14 bateaux et en achètera 3 d'ici 2027.\nEn 2024, il en avait 9.\n",
        "للميناء 14 مركبا وسيقتني 3 مراكب بحلول سنة 2027.\nوفي سنة 2024 كان له 9 مراكب.\n",
        "The port\nPublished 12 January 2025\nThe Cup of 2030 comes. In 2024 it had 9 boats.\n",
    ] {
        let told = draft(article);
        assert!(told.contains("defaults: {period: 2024}"), "{told}");
    }
    assert!(draft("It has 14 boats and buys 3 more by 2027.\n").contains("defaults: {}\n"));
}

#[test]
fn a_draft_says_that_an_article_has_more_figures() {
    let draft = |count: usize| {
        let article = "It has 14 boats.\n".repeat(count);
        mizan::evidence::draft::draft(&article, "a.txt", &mizan::vocabulary::Vocabulary::default())
    };
    let more = "# The article has more figures: only the first 1000 are looked at.";
    assert!(draft(1_001).contains(more));
    assert!(!draft(1_000).contains(more));
}

/// Arabic duals are figures of one word, which is no value: their number is, with its hedge.
#[test]
fn duals_are_drafted_as_numbers() {
    let vocabulary = mizan::vocabulary::Vocabulary::default();
    let article = "في سنة 2024 فتح ثلاث بنيات، وهي: رصيف، وطريقان، ومنارة. وفتح أكثر من قاعتين.";
    let told = mizan::evidence::draft::draft(article, "a.txt", &vocabulary);
    assert!(told.contains("{value: 2, quote: وطريقان, id: part-2}"), "{told}");
    assert!(told.contains("value: أكثر من 2\n"), "{told}");
}

/// Draft, take the marks away, check: the day of publication is held by the head, and that of a change is ignored.
#[test]
fn the_days_of_a_page_are_covered() {
    let article =
        "The harbour\nPublished 12 January 2025 | Updated 14 January 2025\nIn 2024 it had 9 cranes.\n";
    let corpus = Corpus::new(&[], &[("a.txt", article.as_bytes())]);
    let draft = String::from_utf8(corpus.mizan(&["draft", "articles/a.txt"]).stdout).unwrap();
    let kept = draft
        .replace("  # - {quote: …, because: …}\n", "")
        .replace("  # - ", "  - ")
        .replace("  #   ", "    ");
    corpus.write("claims/a.yaml", kept.as_bytes());
    let report = corpus.report(true);
    assert!(report.findings.is_empty(), "{}\n{kept}", concise::render(&report));
    assert!(coverage(&report).ignored > 0);
}

#[test]
fn things_that_are_counted_in_one_breath_are_several_items() {
    let draft = |article: &str| {
        mizan::evidence::draft::draft(article, "a.txt", &mizan::vocabulary::Vocabulary::default())
    };
    for (article, items) in [
        (
            "En 2024 elle ouvrit trois ateliers, dont une à Sables et deux à Cap Nord.",
            ["quote: une à Sables,", "value: deux, quote: deux à Cap Nord,"],
        ),
        (
            "In 2024 it opened three shops, namely one in Aston and two in Old Mill.",
            ["quote: one in Aston,", "value: two, quote: two in Old Mill,"],
        ),
        (
            "في سنة 2024 فتح ثلاثة متاجر، منها واحد بالساحل واثنان بالجبل.",
            ["quote: واحد بالساحل,", "quote: واثنان بالجبل,"],
        ),
        ("في سنة 2024 فتح 19 متجرا، تمثلت في 6 أسواق و13 دكانا.", ["quote: 6 أسواق,", "quote: و13 دكانا,"]),
    ] {
        let told = draft(article);
        for item in items {
            assert!(told.contains(item), "{item}: {told}");
        }
        assert_eq!(told.matches("# - measure").count(), 1, "no item is a claim besides: {told}");
    }
    // One number, one thing.
    for (article, item) in [
        (
            "In 2024 it had 210 boats, including one hundred and two in Old Mill, 3 in Aston.",
            "one hundred and two in Old Mill,",
        ),
        ("في سنة 2024 كان له 90 مركبا، منها خمسة وعشرون بالساحل، و3 بالجبل.", "خمسة وعشرون بالساحل,"),
        (
            "In 2024 it had 9 shops, including two in Aston and Old Mill, 3 by the sea.",
            "two in Aston and Old Mill,",
        ),
    ] {
        let told = draft(article);
        assert!(told.contains(item), "{item}: {told}");
    }
}

#[test]
fn a_list_within_a_list_is_that_of_its_last_item() {
    let draft = |article: &str| {
        mizan::evidence::draft::draft(article, "a.txt", &mizan::vocabulary::Vocabulary::default())
    };
    let told =
        draft("في سنة 2024 فتح 19 متجرا، تمثلت في 6 أسواق و13 دكانا، تمثلت في 3 دكاكين للخبز و10 للسمك.");
    let nested = "value: 13, quote: و13 دكانا, parts: [{value: 3, quote: 3 دكاكين للخبز, id: part-3}, {value: 10, quote: و10 للسمك, id: part-4}], id: part-2}\n";
    assert!(told.contains(nested), "{told}");
    assert_eq!(told.matches("# - measure").count(), 1, "{told}");
    let told = draft(
        "In 2024 it opened 9 shops, namely 4 in Aston and 5 in Old Mill, namely 2 bakers and 3 smiths.",
    );
    assert!(told.contains("quote: 5 in Old Mill, parts: [{value: 2, quote: 2 bakers, id: part-3}"), "{told}");
    // More than the last item holds is a list of something else.
    let told = draft(
        "In 2024 it opened 9 shops, namely 4 in Aston and 5 in Old Mill, namely 20 bakers and 3 smiths.",
    );
    assert!(!told.contains("parts: ["), "{told}");
}

#[test]
fn a_draft_takes_the_year_behind_a_figure_and_cuts_no_other_figure() {
    let draft = |article: &str| {
        mizan::evidence::draft::draft(article, "a.txt", &mizan::vocabulary::Vocabulary::default())
    };
    let told = draft("Bilan 2023\n\nLes prêts sont passés de 310 000 en 2022 à 345 678 en 2023.\n");
    assert!(told.contains("value: 310 000\n  #   period: 2022\n  #   quote: 310 000 en 2022 à\n"), "{told}");
    assert!(told.contains("value: 345 678\n  #   quote: 345 678 en 2023\n"), "{told}");
    let told = draft("In 2024 it had 310 novels, 120 comics and 45,250 maps.\n");
    assert!(told.contains("quote: 120 comics and\n"), "{told}");
    let told = draft("In 2024 it hopes for 5 branches in 2026 and then 12 rooms by 2027.\n");
    assert!(told.contains("value: 5\n  #   period: 2026\n"), "{told}");
    assert!(told.contains("value: 12\n  #   period: 2027\n  #   status: planned\n"), "{told}");
    let told = draft("In 2024 it lent 1,204 books more than in 2019.\n");
    assert!(!told.contains("period: 2019"), "{told}");
}

#[test]
fn a_page_is_drafted_with_a_word_of_warning() {
    let corpus = Corpus::new(&[], &[("a.html", b"<html><p>In 2024 it had 14 cranes.</p></html>")]);
    let draft = corpus.mizan(&["draft", "articles/a.html"]);
    assert!(String::from_utf8(draft.stderr).unwrap().contains("HTML"));
}

/// The words of an entity's name stand everywhere, and tell no measure.
#[test]
fn a_measure_is_not_guessed_from_the_name_of_the_entity() {
    let corpus =
        Corpus::new(&[], &[("a.txt", "The harbour authority opens a school in May 2024.".as_bytes())]);
    let rules = "entities: {harbour: {labels: {en: harbour authority}}}\n\
                 measures: {opening: {kind: event, labels: {en: opening of the harbour authority}}}\n";
    corpus.write("rules/rules.yaml", rules.as_bytes());
    let draft = String::from_utf8(corpus.mizan(&["draft", "articles/a.txt"]).stdout).unwrap();
    assert!(draft.contains("measure: …\n"), "{draft}");
}
