<?php
declare(strict_types=1);

// The page with all recipes, and the form for another one. Reads DATABASE_URL, PICTURES, LANGUAGE, TITLE.

require __DIR__ . '/../vendor/autoload.php';

$book = new Recipes\Book((string) getenv('DATABASE_URL'));
$fault = null;
if ($_SERVER['REQUEST_METHOD'] === 'POST') {
    try {
        $upload = $_FILES['picture'] ?? ['error' => UPLOAD_ERR_NO_FILE];
        $picture = match ($upload['error']) {
            UPLOAD_ERR_OK => (new Recipes\Pictures((string) getenv('PICTURES')))->store($upload['tmp_name'], $_POST['title'] ?? ''),
            UPLOAD_ERR_NO_FILE => null,
            default => throw new RuntimeException('The picture is too large.'),
        };
        $book->add($_POST['title'] ?? '', $_POST['text'] ?? '', $picture);
        header('Location: /', response_code: 303);
        exit;
    } catch (RuntimeException $error) {
        http_response_code(400);
        $fault = $error->getMessage();
    }
}
$language = getenv('LANGUAGE') ?: 'en';
?>
<!doctype html>
<html lang="<?= htmlspecialchars($language) ?>">
<head>
<meta charset="utf-8">
<title><?= htmlspecialchars(getenv('TITLE') ?: 'Recipes') ?></title>
<link rel="stylesheet" href="/style.css">
</head>
<body>
<h1><?= htmlspecialchars(getenv('TITLE') ?: 'Recipes') ?></h1>
<?php if ($fault): ?>
<p class="fault"><?= htmlspecialchars($fault) ?></p>
<?php endif ?>
<?php foreach ($book->all($language) as $recipe): ?>
<article>
<h2><?= htmlspecialchars($recipe['title']) ?></h2>
<?php if ($recipe['picture']): ?>
<img src="/pictures/<?= htmlspecialchars($recipe['picture']) ?>" alt="">
<?php endif ?>
<p><?= nl2br(htmlspecialchars($recipe['text'])) ?></p>
</article>
<?php endforeach ?>
<form method="post" enctype="multipart/form-data">
<input name="title" required maxlength="200" placeholder="Title">
<textarea name="text" required></textarea>
<input name="picture" type="file" accept="image/*">
<button>Add</button>
</form>
</body>
</html>
