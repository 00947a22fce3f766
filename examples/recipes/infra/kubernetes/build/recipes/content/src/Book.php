<?php
declare(strict_types=1);

namespace Recipes;

use Collator;
use PDO;

/** The recipes, in the database that DATABASE_URL (mysql://user:password@host:port/name) names. */
final class Book
{
    private PDO $database;

    public function __construct(string $url)
    {
        $parts = parse_url($url);
        $this->database = new PDO(
            sprintf('mysql:host=%s;port=%d;dbname=%s;charset=utf8mb4', $parts['host'], $parts['port'] ?? 3306, ltrim($parts['path'], '/')),
            rawurldecode($parts['user']),
            rawurldecode($parts['pass'] ?? ''),
            [PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION, PDO::ATTR_DEFAULT_FETCH_MODE => PDO::FETCH_ASSOC],
        );
    }

    /** @return list<array{title: string, text: string, picture: ?string}> all recipes, in the order of the language */
    public function all(string $locale): array
    {
        $recipes = $this->database->query('select title, text, picture from recipe')->fetchAll();
        $collator = new Collator($locale);
        usort($recipes, fn (array $a, array $b): int => $collator->compare($a['title'], $b['title']));
        return $recipes;
    }

    public function add(string $title, string $text, ?string $picture): void
    {
        $this->database->prepare('insert into recipe (title, text, picture) values (?, ?, ?)')->execute([$title, $text, $picture]);
    }

    /** @return list<string> the file names of all pictures */
    public function pictures(): array
    {
        return $this->database->query('select picture from recipe where picture is not null')->fetchAll(PDO::FETCH_COLUMN);
    }
}
