<?= getenv("GREETING"), "\n";
