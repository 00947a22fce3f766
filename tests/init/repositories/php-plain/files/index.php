<?php

$database = new mysqli(getenv("DATABASE_URL"));
