<?php
// Composer and what it includes, from /usr/share/php.
$phar = new Phar('/composer.phar', 0, 'composer.phar');
$phar->buildFromIterator(new RecursiveIteratorIterator(new RecursiveDirectoryIterator('/usr/share/php', FilesystemIterator::SKIP_DOTS | FilesystemIterator::FOLLOW_SYMLINKS)), '/usr/share/php');
$program = str_replace(['/usr/share/php/', "__DIR__.'/../share/php/"], ['phar://composer.phar/', "'phar://composer.phar/"], preg_replace('/^#!.*\n/', '', file_get_contents('/usr/bin/composer')));
$phar->addFromString('bin.php', $program);
$phar->setStub("#!/usr/bin/env php\n<?php\nPhar::mapPhar('composer.phar');\nset_include_path('phar://composer.phar' . PATH_SEPARATOR . get_include_path());\nrequire 'phar://composer.phar/bin.php';\n__HALT_COMPILER();");
