<?php
const WORD = 'shared';
