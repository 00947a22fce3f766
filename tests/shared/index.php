<?php
require __DIR__ . '/../../../libs/words.php';
echo WORD;
