//! A claims file to complete, from the text of an article.
