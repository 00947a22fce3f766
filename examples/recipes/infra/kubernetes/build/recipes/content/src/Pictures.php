<?php
declare(strict_types=1);

namespace Recipes;

use RuntimeException;

/** Pictures of dishes in one folder: made smaller, with the title of the recipe written on them. */
final class Pictures
{
    private const WIDTH = 640;
    private const FONTS = ['/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf', '/app/.apt/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf'];

    public function __construct(private string $folder)
    {
    }

    /** Stores an uploaded file as JPEG, and returns its name. */
    public function store(string $file, string $title): string
    {
        $picture = @imagecreatefromstring((string) file_get_contents($file));
        if ($picture === false) {
            throw new RuntimeException('This is not a picture.');
        }
        $small = imagescale($picture, min(self::WIDTH, imagesx($picture)));
        $this->write($small, $title);
        $name = bin2hex(random_bytes(8)) . '.jpg';
        if (!is_dir($this->folder)) {
            mkdir($this->folder, 0755, true);
        }
        if (!imagejpeg($small, "$this->folder/$name", 85)) {
            throw new RuntimeException('The picture cannot be stored.');
        }
        return $name;
    }

    /** Removes the pictures that no recipe has. Returns their number. */
    public function sweep(array $kept): int
    {
        $removed = 0;
        foreach (glob("$this->folder/*.jpg") as $file) {
            if (!in_array(basename($file), $kept, true) && time() - filemtime($file) > 3600) {
                $removed += (int) unlink($file);
            }
        }
        return $removed;
    }

    private function write(\GdImage $picture, string $title): void
    {
        $fonts = array_filter(self::FONTS, 'is_readable');
        if (!$fonts) {
            throw new RuntimeException('The font DejaVu Sans is not installed.');
        }
        $baseline = imagesy($picture) - 12;
        foreach ([[1, 1, 0x000000], [0, 0, 0xffffff]] as [$x, $y, $colour]) {
            imagettftext($picture, 18, 0, 12 + $x, $baseline + $y, $colour, current($fonts), $title);
        }
    }
}
