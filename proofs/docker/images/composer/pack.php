<?php
// Composer and what it includes, from /usr/share/php.
$phar = new Phar('/tmp/composer.phar', 0, 'composer.phar');
$flags = FilesystemIterator::SKIP_DOTS | FilesystemIterator::FOLLOW_SYMLINKS;
function inside(string $code): string
{
    return str_replace(["'/usr/share/php/", "__DIR__ . '/../share/php/"], "'phar://composer.phar/", $code);
}
foreach (new RecursiveIteratorIterator(new RecursiveDirectoryIterator('/usr/share/php', $flags)) as $path) {
    if ($path->isFile()) {
        $phar->addFromString(substr($path, strlen('/usr/share/php/')), inside(file_get_contents($path)));
    }
}
$phar->addFromString('bin.php', inside(preg_replace('/^#!.*\n/', '', file_get_contents('/usr/bin/composer'))));
$phar->setStub("#!/usr/bin/env php\n<?php\nPhar::mapPhar('composer.phar');\nset_include_path('phar://composer.phar' . PATH_SEPARATOR . get_include_path());\nrequire 'phar://composer.phar/bin.php';\n__HALT_COMPILER();");
