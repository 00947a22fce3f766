<?php
require __DIR__ . '/../../../libs/words.php';
echo WORD, ' by ', basename(dirname(__DIR__));
