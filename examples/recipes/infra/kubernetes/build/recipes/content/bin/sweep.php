<?php
declare(strict_types=1);

// Removes pictures that belong to no recipe. Reads DATABASE_URL and PICTURES.

require __DIR__ . '/../vendor/autoload.php';

$book = new Recipes\Book((string) getenv('DATABASE_URL'));
$removed = (new Recipes\Pictures((string) getenv('PICTURES')))->sweep($book->pictures());
echo "removed $removed pictures\n";
