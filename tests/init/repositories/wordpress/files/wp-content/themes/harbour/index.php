<?php

get_header();
