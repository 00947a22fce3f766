<?= getenv("TITLE"), " one";
