<?php
declare(strict_types=1);

/** The database that DATABASE_URL (mysql://user:password@host:port/name) names. */
function connect(): PDO
{
    $url = parse_url(getenv('DATABASE_URL') ?: '');
    return new PDO(
        sprintf('mysql:host=%s;port=%d;dbname=%s;charset=utf8mb4', $url['host'], $url['port'] ?? 3306, ltrim($url['path'], '/')),
        rawurldecode($url['user']),
        rawurldecode($url['pass'] ?? ''),
        [PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION],
    );
}

$database = connect();
if ($_SERVER['REQUEST_METHOD'] === 'POST') {
    $database->prepare('insert into recipe (title, text) values (?, ?)')->execute([$_POST['title'] ?? '', $_POST['text'] ?? '']);
}
?>
<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Recipes</title></head>
<body>
<h1>Recipes</h1>
<?php foreach ($database->query('select title, text from recipe order by id') as $recipe): ?>
<h2><?= htmlspecialchars($recipe['title']) ?></h2>
<p><?= htmlspecialchars($recipe['text']) ?></p>
<?php endforeach ?>
<form method="post"><input name="title" required><textarea name="text" required></textarea><button>keep</button></form>
</body>
</html>
